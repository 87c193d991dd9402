package io.orlop.system.bootstrap;

import com.sun.security.auth.module.UnixSystem;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Says to whoever runs Orlop as root that it need not be. */
@ApplicationScoped
class RootNotice {
  private static final Logger LOG = Logger.getLogger("io.orlop");

  private final ServerConfig config;

  RootNotice(ServerConfig config) {
    this.config = config;
  }

  void tell(@Observes StartupEvent starting) {
    if (!config.allowRoot() && !config.training() && new UnixSystem().getUid() == 0) {
      LOG.warn(
          "Orlop runs as root and does not need to: use an account that owns the data folder, or set"
              + " ORLOP_ALLOW_ROOT=true if it is meant so, as in a container");
    }
  }
}
