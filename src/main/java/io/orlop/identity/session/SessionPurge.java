package io.orlop.identity.session;

import io.orlop.platform.job.ClockWatch;
import io.orlop.platform.job.PeriodicWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Deletes sessions that have ended. */
@ApplicationScoped
class SessionPurge implements PeriodicWork {
  /** A clock that was just set says nothing about who is idle. */
  private static final Duration STEADY = Duration.ofMinutes(30);

  private final Sessions sessions;
  private final ClockWatch clock;

  SessionPurge(Sessions sessions, ClockWatch clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "purge-sessions";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    if (clock.isSteadyFor(STEADY)) {
      sessions.purge();
    }
  }
}
