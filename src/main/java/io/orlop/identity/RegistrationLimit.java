package io.orlop.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.http.limit.AddressKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Bounds how many accounts strangers make themselves: each costs a slow hash and a row that stays.
 * Attempts that fail count too, since they tell which names are taken.
 */
@ApplicationScoped
public class RegistrationLimit {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Whoever has more addresses than this meets the limit of all of them together. */
  private static final int MOST = 100_000;

  private final int perAddress;
  private final int total;
  private final TimeMeter clock;
  private final Bucket all;
  private final Cache<String, Bucket> addresses;

  @Inject
  RegistrationLimit(RegistrationConfig config) {
    this(config.perAddress(), config.total(), TimeMeter.SYSTEM_NANOTIME);
  }

  RegistrationLimit(int perAddress, int total, TimeMeter clock) {
    this.perAddress = perAddress;
    this.total = total;
    this.clock = clock;
    this.all = bucket(total);
    this.addresses = Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(HOUR).build();
  }

  /**
   * Counts an attempt.
   *
   * @param address where it comes from
   * @throws RegistryException TOOMANYREQUESTS if there were too many before
   */
  public void take(String address) {
    if (perAddress > 0) {
      take(addresses.get(AddressKey.of(address), _ -> bucket(perAddress)));
    }
    if (total > 0) {
      take(all);
    }
  }

  private static void take(Bucket bucket) {
    if (!bucket.tryConsume(1)) {
      long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
      throw ErrorCode.TOOMANYREQUESTS
          .exception("too many accounts were made: try again later")
          .retryAfter(Duration.ofNanos(nanos));
    }
  }

  private Bucket bucket(int perHour) {
    int size = Math.max(1, perHour);
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(size).refillGreedy(size, HOUR))
        .withCustomTimePrecision(clock)
        .build();
  }
}
