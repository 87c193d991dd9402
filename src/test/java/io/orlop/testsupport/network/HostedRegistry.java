package io.orlop.testsupport.network;

import io.orlop.testsupport.clients.Folders;
import io.orlop.testsupport.clients.OwnedProcess;
import io.orlop.testsupport.clients.SharedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Orlop on the server's host, without TLS, for the proxies there. */
public final class HostedRegistry implements SharedServers.Server {

  private final OwnedProcess process;
  private final Path folder;
  private final String password;

  private HostedRegistry(OwnedProcess process, Path folder, String password) {
    this.process = process;
    this.folder = folder;
    this.password = password;
  }

  /**
   * Starts the packaged application with an empty folder of its own.
   *
   * @param hosts where
   * @param port where it listens
   * @param settings what is set in its environment besides
   */
  public static HostedRegistry start(TwoHosts hosts, int port, Map<String, String> settings) {
    String password = "Pass-" + UUID.randomUUID();
    try {
      Path folder = Files.createTempDirectory("orlop-hosted-");
      Map<String, String> environment = new HashMap<>(settings);
      environment.put("HOME", folder.toString());
      environment.put("ORLOP_PORT", Integer.toString(port));
      environment.put("ORLOP_DATA", folder.resolve("data").toString());
      environment.put("ORLOP_ADMIN_PASSWORD", password);
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      List<String> command =
          List.of(java, "-Xmx512m", "-jar", System.getProperty("orlop.test.jar", ""));
      OwnedProcess process =
          hosts.serve(command, environment, folder.resolve("orlop.log"), List.of(port));
      return new HostedRegistry(process, folder, password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The administrator. */
  public String user() {
    return "admin";
  }

  /** The administrator's password. */
  public String password() {
    return password;
  }

  @Override
  public void close() {
    process.close();
    Folders.delete(folder);
  }
}
