package io.orlop.platform.http.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A bucket of requests for each client. A client that stays away is forgotten as soon as its bucket
 * is full again, and of very many clients those that ask least.
 */
final class RequestRate {
  private static final int MAX_CLIENTS = 100_000;

  private final int perSecond;
  private final int burst;
  private final Cache<String, Bucket> buckets;

  /**
   * Makes an empty one.
   *
   * @param perSecond how many requests a second a client may send for long; 0 for any number
   * @param burst how many at once
   */
  RequestRate(int perSecond, int burst) {
    this.perSecond = perSecond;
    this.burst = burst;
    long secondsToFill = perSecond == 0 ? 0 : burst / perSecond + 1;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MAX_CLIENTS)
            .expireAfterAccess(Duration.ofSeconds(secondsToFill + 1))
            .build();
  }

  /** Tells whether there is a limit at all. */
  boolean isOn() {
    return perSecond > 0;
  }

  /** Takes a request of a client; returns 0, or after how many seconds it may try again. */
  long take(String client) {
    Bucket bucket = buckets.get(client, _ -> newBucket());
    if (bucket.tryConsume(1)) {
      return 0;
    }
    long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos) + 1);
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
        .build();
  }
}
