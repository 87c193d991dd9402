package io.orlop.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInThrottleTest {
  private static final String HERE = "192.0.2.1";

  private final AtomicLong now = new AtomicLong(-5);
  private final SignInThrottle throttle = new SignInThrottle(now::get);

  @Test
  void letsFiveFailuresPassAndRefusesTheNextTryUnchecked() {
    fail(5);

    assertThat(waitOf(HERE, "alice", true)).hasValue(Duration.ofSeconds(1));
  }

  @Test
  void doublesTheWaitUpToHalfAMinute() {
    fail(5);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      assertThat(waitOf(HERE, "alice", false)).hasValue(Duration.ofSeconds(seconds));
      pass(Duration.ofSeconds(seconds));
      assertThat(waitOf(HERE, "alice", false)).isEmpty();
    }
  }

  @Test
  void forgetsFailuresAfterASuccess() {
    fail(5);
    pass(Duration.ofSeconds(1));
    assertThat(throttle.check(HERE, "alice", () -> true)).isTrue();

    fail(5);
  }

  @Test
  void forgetsFailuresAfterAMinute() {
    fail(5);
    pass(Duration.ofSeconds(61));
    fail(5);
    assertThat(waitOf(HERE, "alice", false)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.2, alice", "192.0.2.1, bob", "2001:db8::1, alice"})
  void locksNobodyElseOut(String address, String account) {
    fail(6);

    assertThat(waitOf(address, account, true)).isEmpty();
  }

  @Test
  void takesANetworkOfIpv6ForOneGuesser() {
    for (int i = 0; i < 5; i++) {
      assertThat(waitOf("2001:db8::" + (i + 1), "alice", false)).isEmpty();
    }

    assertThat(waitOf("2001:db8::77", "alice", false)).isPresent();
    assertThat(waitOf("2001:db8:0:1::77", "alice", false)).isEmpty();
  }

  @Test
  void countsTriesThatAreUnderWay() {
    boolean right =
        throttle.check(
            HERE,
            "alice",
            () -> {
              fail(4);
              assertThat(waitOf(HERE, "alice", true)).isPresent();
              return true;
            });

    assertThat(right).isTrue();
    assertThat(waitOf(HERE, "alice", true)).isEmpty();
  }

  @Test
  void doesNotCountChecksThatCouldNotBeMade() {
    for (int i = 0; i < 20; i++) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() ->
              throttle.check(
                  HERE,
                  "alice",
                  () -> {
                    throw new IllegalStateException("busy");
                  }));
    }

    fail(5);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      Optional<Duration> wait = waitOf(HERE, "alice", false);
      if (i < 5) {
        assertThat(wait).isEmpty();
      }
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  /** Makes a try; returns how long to wait if it is refused unchecked. */
  private Optional<Duration> waitOf(String address, String account, boolean right) {
    try {
      assertThat(throttle.check(address, account, () -> right)).isEqualTo(right);
      return Optional.empty();
    } catch (RegistryException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.TOOMANYREQUESTS);
      return e.retryAfter();
    }
  }
}
