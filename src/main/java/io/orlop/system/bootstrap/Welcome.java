package io.orlop.system.bootstrap;

import io.orlop.system.tls.TlsConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import org.jboss.logging.Logger;

/** Says what to type next once the port is open, and when it closes. */
@ApplicationScoped
class Welcome {
  private static final Logger LOG = Logger.getLogger("io.orlop");

  private final HttpServer server;
  private final TlsConfig tls;

  Welcome(HttpServer server, TlsConfig tls) {
    this.server = server;
    this.tls = tls;
  }

  void greet(@ObservesAsync HttpServerStart started) {
    greet(server.getPort());
  }

  /** Tells the port of HTTPS, as the one that there is. */
  void greet(@ObservesAsync HttpsServerStart started) {
    if (tls.plainHttp() == TlsConfig.PlainHttp.DISABLED) {
      greet(server.getSecurePort());
    } else {
      LOG.infof("HTTPS is served on port %d", server.getSecurePort());
    }
  }

  private static void greet(int port) {
    LOG.infof("Orlop is ready. Type next: docker login localhost:%d -u admin", port);
  }

  void part(@Observes ShutdownEvent ending) {
    LOG.info("Orlop is ending");
  }
}
