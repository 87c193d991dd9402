package io.orlop.testsupport.network;

import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.clients.Folders;
import io.orlop.testsupport.clients.SharedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Orlop on the server's host, without TLS, for the proxies there.
 *
 * @param server the process
 */
public record HostedRegistry(OrlopServer server) implements SharedServers.Server {

  /**
   * Starts Orlop on a port and data of its own.
   *
   * @param hosts where
   * @param settings what is set in its environment
   */
  public static HostedRegistry start(TwoHosts hosts, Map<String, String> settings) {
    Path data = OrlopServer.newData();
    OrlopServer server = OrlopServer.on(data).withLauncher(launcher(hosts, data));
    settings.forEach(server::with);
    server.launch();
    return new HostedRegistry(server);
  }

  /** The administrator. */
  public String user() {
    return "admin";
  }

  /** The administrator's password. */
  public String password() {
    return server.adminPassword();
  }

  /** Where it listens on the loopback address. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    Folders.delete(server.data());
    launcherOf(server.data()).toFile().delete();
  }

  /** Writes a launcher that becomes Orlop's own one on the server's host. */
  private static Path launcher(TwoHosts hosts, Path data) {
    Path orlop = Path.of("orlop").toAbsolutePath();
    String line = String.join(" ", hosts.enteringServer());
    try {
      Path script =
          Files.writeString(
              launcherOf(data),
              "#!/bin/sh\nexec %s '%s' \"$@\"\n".formatted(line, orlop),
              StandardCharsets.UTF_8);
      return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path launcherOf(Path data) {
    return data.resolveSibling(data.getFileName() + "-launcher");
  }
}
