package io.orlop.testsupport.clients;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all tests with real clients share, each started when the first test asks for it. */
public final class SharedServers implements AutoCloseable {

  private static final String PROPERTY = "orlop.test.registry";

  private final Map<Class<?>, Server> servers = new HashMap<>();
  private final Deque<Server> latestFirst = new ArrayDeque<>();
  private @Nullable RegistryUnderTest registry;

  SharedServers() {}

  /** A server that runs until the last test is done. */
  public interface Server extends AutoCloseable {
    @Override
    void close();
  }

  /** The server of a type, started at the first call. */
  public synchronized <T extends Server> T get(Class<T> type, Supplier<T> start) {
    Server known = servers.get(type);
    if (known != null) {
      return type.cast(known);
    }
    T started = start.get();
    servers.put(type, started);
    latestFirst.push(started);
    return started;
  }

  /** The registry. */
  public synchronized RegistryUnderTest registry() {
    if (registry == null) {
      registry =
          new RegistryUnderTest(
              System.getProperty(PROPERTY, "127.0.0.1:5999"),
              System.getProperty(PROPERTY + ".user", "admin"),
              System.getProperty(PROPERTY + ".password", "Secret-123"));
    }
    return registry;
  }

  /** A Docker daemon in the network of the machine. */
  public DockerDaemon docker() {
    return get(DockerDaemon.class, DockerDaemon::start);
  }

  @Override
  public synchronized void close() {
    latestFirst.forEach(Server::close);
    latestFirst.clear();
    servers.clear();
  }
}
