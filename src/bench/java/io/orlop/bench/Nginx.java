package io.orlop.bench;

import io.orlop.testsupport.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What one machine can do at most: the same bytes as static files, at the same paths. */
final class Nginx extends Server {
  private final Path program;
  private final int tlsPort;

  Nginx(Path folder, Path program) throws IOException {
    super("nginx", folder);
    this.program = program;
    this.tlsPort = Certificate.isPossible() ? FreePort.find() : 0;
  }

  Path root() {
    return folder().resolve("www");
  }

  @Override
  int tlsPort() {
    return tlsPort;
  }

  @Override
  List<String> command() throws IOException, InterruptedException {
    Files.createDirectories(root());
    Path config = folder().resolve("nginx.conf");
    // As root it would read the files as an account that may not enter the folder.
    String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    Files.writeString(
        config,
        """
        %s
        daemon off;
        worker_processes %6$d;
        pid %2$s/nginx.pid;
        error_log %2$s/error.log;
        events { worker_connections 1024; }
        http {
          access_log off;
          sendfile on;
          tcp_nopush on;
          keepalive_requests 1000000000;
          client_body_temp_path %2$s/t1; proxy_temp_path %2$s/t2; fastcgi_temp_path %2$s/t3;
          uwsgi_temp_path %2$s/t4; scgi_temp_path %2$s/t5;
          server {
            listen 127.0.0.1:%3$d;
            %5$s
            root %4$s;
            location = /v2/ { return 200 "{}"; }
          }
        }
        """
            .formatted(user, folder(), port(), root(), tls(), workers()));
    return List.of(program.toString(), "-p", folder().toString(), "-c", config.toString());
  }

  private String tls() throws IOException, InterruptedException {
    if (tlsPort == 0) {
      return "";
    }
    Certificate certificate = Certificate.in(Objects.requireNonNull(folder().getParent()));
    return "listen 127.0.0.1:%d ssl; ssl_certificate %s; ssl_certificate_key %s;"
        .formatted(tlsPort, certificate.file(), certificate.key());
  }

  @Override
  String version() throws IOException, InterruptedException {
    String version = Shell.output(program.toString(), "-v").replace("nginx version: ", "");
    return version + ", `sendfile on`, " + workers() + " worker processes";
  }

  /** What {@code auto} would give. */
  private static int workers() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  String durability() {
    return "takes no pushes";
  }

  @Override
  boolean isRegistry() {
    return false;
  }

  @Override
  Path blobs() {
    return root();
  }

  @Override
  void seedTags(String repository, int count) {
    throw new UnsupportedOperationException("No registry");
  }
}
