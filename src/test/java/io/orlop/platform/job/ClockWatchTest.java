package io.orlop.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private Instant clock = Instant.parse("2026-11-22T00:00:00Z");
  private long nanos = Long.MAX_VALUE - HOUR.toNanos();
  private final ClockWatch watch = new ClockWatch(() -> clock, () -> nanos);

  private void pass(Duration time) {
    nanos += time.toNanos();
    clock = clock.plus(time);
  }

  @Test
  void believesNoClockThatItHasNotWatched() {
    assertThat(watch.isSteadyFor(HOUR)).isFalse();
    pass(HOUR.minusNanos(1));
    assertThat(watch.isSteadyFor(HOUR)).isFalse();
  }

  @Test
  void believesAClockThatWentOnAsTimeDoes() {
    pass(HOUR);
    assertThat(watch.isSteadyFor(HOUR)).isTrue();
    clock = clock.plusSeconds(30); // Slewed.
    pass(HOUR);
    assertThat(watch.isSteadyFor(HOUR)).isTrue();
  }

  @Test
  void believesNoClockThatJumpedUntilItHasGoneOnForAWhile() {
    for (Duration jump : new Duration[] {Duration.ofDays(400), Duration.ofDays(-400)}) {
      pass(HOUR.multipliedBy(2));
      assertThat(watch.isSteadyFor(HOUR)).isTrue();
      clock = clock.plus(jump);
      pass(HOUR);
      assertThat(watch.isSteadyFor(HOUR)).isFalse();
      pass(HOUR.dividedBy(2));
      assertThat(watch.isSteadyFor(HOUR)).isFalse();
      pass(HOUR.dividedBy(2));
      assertThat(watch.isSteadyFor(HOUR)).isTrue();
    }
  }
}
