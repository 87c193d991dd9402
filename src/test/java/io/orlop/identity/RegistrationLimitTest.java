package io.orlop.identity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.bucket4j.TimeMeter;
import io.orlop.platform.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RegistrationLimitTest {
  private static final String HERE = "192.0.2.1";

  private final AtomicLong now = new AtomicLong();

  @Test
  void boundsEachAddressByItself() {
    RegistrationLimit limit = limit(3, 0);
    take(limit, HERE, 3);

    refuses(limit, HERE);
    take(limit, "192.0.2.2", 3);
  }

  @Test
  void countsANetworkOfIpv6AsOneAddress() {
    RegistrationLimit limit = limit(2, 0);
    take(limit, "2001:db8::1", 1);
    take(limit, "2001:db8::2", 1);

    refuses(limit, "2001:db8::3");
    take(limit, "2001:db8:0:1::1", 1);
  }

  @Test
  void boundsAllAddressesTogether() {
    RegistrationLimit limit = limit(3, 4);
    take(limit, HERE, 3);
    take(limit, "192.0.2.2", 1);

    refuses(limit, "192.0.2.3");
  }

  @Test
  void letsSomebodyTryAgainInTime() {
    RegistrationLimit limit = limit(3, 0);
    take(limit, HERE, 3);
    now.addAndGet(Duration.ofMinutes(20).toNanos());

    take(limit, HERE, 1);
    refuses(limit, HERE);
  }

  @Test
  void boundsNothingWhereItIsOff() {
    take(limit(0, 0), HERE, 1000);
  }

  private static void take(RegistrationLimit limit, String address, int attempts) {
    for (int i = 0; i < attempts; i++) {
      assertThatCode(() -> limit.take(address)).doesNotThrowAnyException();
    }
  }

  private static void refuses(RegistrationLimit limit, String address) {
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> limit.take(address))
        .withMessageContaining("too many accounts");
  }

  private RegistrationLimit limit(int perAddress, int total) {
    TimeMeter clock =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return now.get();
          }

          @Override
          public boolean isWallClockBased() {
            return false;
          }
        };
    return new RegistrationLimit(perAddress, total, clock);
  }
}
