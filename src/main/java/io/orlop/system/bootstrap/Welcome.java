package io.orlop.system.bootstrap;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import org.jboss.logging.Logger;

/** Says what to type next once the port is open, and when it closes. */
@ApplicationScoped
class Welcome {
  private static final Logger LOG = Logger.getLogger("io.orlop");

  private final HttpServer server;

  Welcome(HttpServer server) {
    this.server = server;
  }

  void greet(@ObservesAsync HttpServerStart started) {
    LOG.infof("Orlop is ready. Type next: docker login localhost:%d -u admin", server.getPort());
  }

  void part(@Observes ShutdownEvent ending) {
    LOG.info("Orlop is ending");
  }
}
