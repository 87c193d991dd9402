package io.orlop.identity;

import io.orlop.platform.job.PeriodicWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Deletes refresh tokens that no longer live. */
@ApplicationScoped
class RefreshTokenPurge implements PeriodicWork {
  private final RefreshTokens tokens;

  RefreshTokenPurge(RefreshTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public String name() {
    return "purge-refresh-tokens";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(6);
  }

  @Override
  public void run() {
    tokens.purge();
  }
}
