package io.orlop.testsupport;

import io.orlop.platform.job.ClockWatch;
import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** A clock that tests need not watch for half an hour before they believe it. */
@Mock
@ApplicationScoped
public class TrustedClock extends ClockWatch {
  @Override
  public synchronized boolean isSteadyFor(Duration time) {
    return true;
  }
}
