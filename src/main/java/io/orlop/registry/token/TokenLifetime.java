package io.orlop.registry.token;

import io.orlop.platform.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** How long the tokens live that are given out now. */
@ApplicationScoped
class TokenLifetime {
  private final TokenConfig config;
  private final Settings settings;

  TokenLifetime(TokenConfig config, Settings settings) {
    this.config = config;
    this.settings = settings;
  }

  Duration now() {
    return config.lifetime().orElseGet(() -> settings.tokenExpiration());
  }
}
