package io.orlop.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.http.limit.AddressKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Slows down those who guess passwords, each address at each account, so that nobody locks anybody
 * else out. Five wrong ones in a minute cost nothing; then one has to wait between two tries, twice
 * as long each time, up to half a minute. A right one ends it.
 *
 * <p>Kept in memory: as many guesses as there are replicas are a few more, not many.
 */
@ApplicationScoped
class SignInThrottle {
  private static final int FREE = 5;
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** Whoever has more addresses than this needs no patience anyway. */
  private static final int MOST = 100_000;

  /** Of one network: a quarter of those that may wait, so that nobody takes all places. */
  private static final int AT_ONCE = 32;

  private final ConcurrentMap<String, Integer> running = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;
  private final Cache<Guesser, Failures> failures =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(Duration.ofMinutes(2)).build();

  SignInThrottle() {
    this(System::nanoTime);
  }

  /**
   * Makes one with a clock of its own.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  SignInThrottle(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Makes a check, unless it is too early for another one.
   *
   * @param check tells whether the password is right; counted as wrong until it has, so that many
   *     at once are counted too
   */
  boolean check(String address, String account, BooleanSupplier check) {
    String network = AddressKey.of(address);
    try {
      if (running.merge(network, 1, Integer::sum) > AT_ONCE) {
        throw ErrorCode.TOOMANYREQUESTS
            .exception("too many sign-ins at once: try again")
            .retryAfter(Duration.ofSeconds(1));
      }
      return checked(new Guesser(network, account), check);
    } finally {
      running.computeIfPresent(network, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  private boolean checked(Guesser guesser, BooleanSupplier check) {
    count(guesser);
    boolean right;
    try {
      right = check.getAsBoolean();
    } catch (RuntimeException e) {
      failures.asMap().computeIfPresent(guesser, (_, counted) -> counted.withoutLast());
      throw e;
    }
    if (right) {
      failures.invalidate(guesser);
    }
    return right;
  }

  private void count(Guesser guesser) {
    long now = nanoTime.getAsLong();
    failures
        .asMap()
        .compute(
            guesser,
            (_, before) -> {
              if (before == null || before.isForgotten(now)) {
                return new Failures(1, now, now);
              }
              refuseUntil(before.openAt(), now);
              return new Failures(before.count() + 1, before.since(), now);
            });
  }

  private static void refuseUntil(@Nullable Long openAt, long now) {
    long wait = openAt == null ? 0 : openAt - now;
    if (wait > 0) {
      throw ErrorCode.TOOMANYREQUESTS
          .exception("too many failed sign-ins: try again later")
          .retryAfter(Duration.ofNanos(wait));
    }
  }

  private record Guesser(String network, String account) {
    Guesser {
      Objects.requireNonNull(account);
    }
  }

  /**
   * Failures of one guesser.
   *
   * @param since when the first of them was
   * @param last when the last one was
   */
  private record Failures(int count, long since, long last) {
    boolean isForgotten(long now) {
      return now - last > MINUTE || (count <= FREE && now - since > MINUTE);
    }

    /** Returns when the next try may be; null for at once. */
    @Nullable Long openAt() {
      return count < FREE ? null : (Long) (last + waitAfter(count).toNanos());
    }

    Failures withoutLast() {
      return new Failures(Math.max(count - 1, 0), since, last);
    }

    private static Duration waitAfter(int count) {
      Duration wait = Duration.ofSeconds(1L << Math.min(count - FREE, 5));
      return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
  }
}
