package io.orlop.catalog.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long now = Long.MAX_VALUE - 5;
  private final Throttle throttle = new Throttle(100, () -> now, nanos -> now += nanos);

  @Test
  void readsNoFasterThanItsRate() {
    long begun = now;
    for (int i = 0; i < 10; i++) {
      throttle.waitFor(50);
    }
    assertThat(now - begun).isEqualTo(5 * SECOND);
  }

  @Test
  void countsTheTimeThatReadingTook() {
    throttle.waitFor(100);
    long begun = now;
    now += SECOND / 2;
    throttle.waitFor(100);
    assertThat(now - begun).isEqualTo(SECOND + SECOND / 2);
  }

  @Test
  void makesNothingUpForAfterAStandstill() {
    now += 100 * SECOND;
    long begun = now;
    throttle.waitFor(100);
    assertThat(now - begun).isEqualTo(SECOND);
  }
}
