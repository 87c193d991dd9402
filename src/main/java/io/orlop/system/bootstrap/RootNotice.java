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
  private static final long ROOT = 0;

  private final ServerConfig config;

  RootNotice(ServerConfig config) {
    this.config = config;
  }

  void tell(@Observes StartupEvent starting) {
    if (isDue(new UnixSystem().getUid())) {
      LOG.warn(
          "Orlop runs as root and does not need to: use an account that owns the data folder, or set"
              + " ORLOP_ALLOW_ROOT=true if it is meant so, as in a container");
    }
  }

  boolean isDue(long account) {
    return account == ROOT && !config.allowRoot() && !config.training();
  }
}
