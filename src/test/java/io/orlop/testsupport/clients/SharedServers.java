package io.orlop.testsupport.clients;

import io.orlop.testsupport.OrlopServer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What all tests with real clients share, each started when the first test asks for it. */
public final class SharedServers implements AutoCloseable {

  private static final String PROPERTY = "orlop.test.registry";

  private final Map<Class<?>, Server> servers = new HashMap<>();
  private final Endings endings = new Endings();

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
    endings.push(started::close);
    return started;
  }

  /** The registry that the properties name, or else Orlop. */
  public RegistryUnderTest registry() {
    String host = System.getProperty(PROPERTY);
    if (host == null) {
      return get(RunningOrlop.class, RunningOrlop::start).registry();
    }
    return new RegistryUnderTest(
        host,
        System.getProperty(PROPERTY + ".user", "admin"),
        System.getProperty(PROPERTY + ".password", ""));
  }

  /** A Docker daemon in the network of the machine. */
  public DockerDaemon docker() {
    return get(DockerDaemon.class, DockerDaemon::start);
  }

  @Override
  public void close() {
    endings.close();
  }

  /** Orlop on a port of the machine. */
  private record RunningOrlop(OrlopServer server) implements Server {

    static RunningOrlop start() {
      return new RunningOrlop(OrlopServer.start());
    }

    RegistryUnderTest registry() {
      return new RegistryUnderTest("127.0.0.1:" + server.port(), "admin", server.adminPassword());
    }

    @Override
    public void close() {
      server.close();
      Folders.delete(server.data());
    }
  }
}
