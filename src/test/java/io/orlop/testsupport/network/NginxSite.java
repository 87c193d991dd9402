package io.orlop.testsupport.network;

import io.orlop.testsupport.clients.ClientTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An nginx with one site, which runs in the foreground and writes nothing outside of its folder.
 *
 * @param home its folder
 */
public record NginxSite(Path home) {

  /** What Debian's nginx.conf says around {@code conf.d}, as far as it matters. */
  private static final String AROUND =
      """
      user root;
      worker_processes 1;
      daemon off;
      pid nginx.pid;
      events {}
      http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          include site.conf;
      }
      """;

  /** Writes the site down and returns the command that serves it. */
  public List<String> prepare(String site) {
    try {
      Files.writeString(home.resolve("nginx.conf"), AROUND, StandardCharsets.UTF_8);
      Files.writeString(home.resolve("site.conf"), site, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String program = ClientTool.required("nginx").executable().toString();
    return List.of(program, "-p", home.toString(), "-e", "stderr", "-c", "nginx.conf");
  }
}
