package io.orlop.identity;

import io.orlop.platform.job.ClockWatch;
import io.orlop.platform.job.PeriodicWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Deletes refresh tokens that no longer live. */
@ApplicationScoped
class RefreshTokenPurge implements PeriodicWork {
  /** A clock that was just set says nothing about who is idle. */
  private static final Duration STEADY = Duration.ofHours(3);

  private final RefreshTokens tokens;
  private final ClockWatch clock;

  RefreshTokenPurge(RefreshTokens tokens, ClockWatch clock) {
    this.tokens = tokens;
    this.clock = clock;
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
    if (clock.isSteadyFor(STEADY)) {
      tokens.purge();
    }
  }
}
