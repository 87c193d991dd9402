package io.orlop.testsupport.clients;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What all client tests of a run share, each started when the first test asks for it. */
public final class SharedServers implements AutoCloseable {

  private static final String PROPERTY = "orlop.test.registry";

  private final Deque<Runnable> endings = new ArrayDeque<>();
  private @Nullable RegistryUnderTest registry;
  private @Nullable DockerDaemon docker;

  SharedServers() {}

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
  public synchronized DockerDaemon docker() {
    if (docker == null) {
      docker = DockerDaemon.start();
      endings.push(docker::close);
    }
    return docker;
  }

  @Override
  public synchronized void close() {
    while (!endings.isEmpty()) {
      endings.pop().run();
    }
  }
}
