package io.orlop.platform.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestRateTest {
  private static final int BURST = 100_000;

  @Test
  void letsABurstThroughAndThenSaysWhenToComeAgain() {
    var rate = new RequestRate(1, 10);
    assertThat(IntStream.range(0, 10).mapToLong(_ -> rate.take("a"))).containsOnly(0L);
    long wait = IntStream.range(0, 100).mapToLong(_ -> rate.take("a")).max().orElseThrow();
    assertThat(wait).isBetween(1L, 2L);
  }

  @Test
  void countsEachClientApart() {
    var rate = new RequestRate(1, 1);
    assertThat(rate.take("a")).isZero();
    assertThat(rate.take("b")).isZero();
  }

  @Test
  void fillsABucketAgain() {
    var rate = new RequestRate(BURST, 1);
    long passed = IntStream.range(0, BURST).filter(_ -> rate.take("a") == 0).count();
    assertThat(passed).isGreaterThan(1);
  }

  @Test
  void isOffWithoutARate() {
    assertThat(new RequestRate(0, 1).isOn()).isFalse();
  }
}
