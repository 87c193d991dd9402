package io.orlop.testsupport.network;

import io.orlop.testsupport.clients.ClientTool;
import io.orlop.testsupport.clients.OwnedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts reverse proxies on the server's host, each in the foreground with a folder of its own.
 *
 * @param hosts the two hosts
 * @param folder for configurations and logs
 */
public record Proxies(TwoHosts hosts, Path folder) {

  private static final String SAMPLE_HOST = "registry.example.com";
  private static final String SAMPLE_FILE = "/etc/ssl/registry.example.com";

  /** Nothing but the proxy: no redirects from port 80 and no door for its administrator. */
  private static final String BEFORE_CADDY_SITES =
      """
      {
      	admin off
      	auto_https disable_redirects
      }
      """;

  /** An nginx with a site, which listens on a port. */
  public OwnedProcess nginx(ProxySample site, int port) {
    Path home = home("nginx");
    return serve(home, port, new NginxSite(home).prepare(adapted(site)));
  }

  /** HAProxy on a port. */
  public OwnedProcess haproxy(ProxySample sample, int port) {
    String program = ClientTool.required("haproxy").executable().toString();
    Path home = home("haproxy");
    Path configuration = write(home.resolve("haproxy.cfg"), adapted(sample));
    return serve(home, port, List.of(program, "-db", "-f", configuration.toString()));
  }

  /** Caddy on a port. */
  public OwnedProcess caddy(ProxySample site, int port) {
    String program = ClientTool.required("caddy").executable().toString();
    Path home = home("caddy");
    Path configuration = write(home.resolve("Caddyfile"), BEFORE_CADDY_SITES + adapted(site));
    return serve(
        home,
        port,
        List.of(program, "run", "--adapter", "caddyfile", "--config", configuration.toString()));
  }

  private OwnedProcess serve(Path home, int port, List<String> command) {
    Map<String, String> environment = Map.of("HOME", home.toString());
    Path log = folder.resolve(home.getFileName() + ".log");
    return hosts.serve(command, environment, log, List.of(port));
  }

  private String adapted(ProxySample sample) {
    Certificates certificates = hosts.certificates();
    return sample
        .text()
        .replace(SAMPLE_FILE + ".crt", certificates.certificate().toString())
        .replace(SAMPLE_FILE + ".key", certificates.key().toString())
        .replace(SAMPLE_FILE + ".pem", certificates.together().toString())
        .replace(SAMPLE_HOST, TwoHosts.HOST);
  }

  private Path home(String name) {
    try {
      return Files.createTempDirectory(folder, name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
