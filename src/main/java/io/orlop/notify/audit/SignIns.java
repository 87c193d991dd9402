package io.orlop.notify.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.platform.event.DomainEvent.SignedIn;
import io.orlop.platform.event.Occurrence;
import java.time.Duration;

/**
 * Picks those sign-ins that are worth an entry: clients ask for tokens again and again by
 * themselves, of which one an hour for each account and address is enough, and of failures one a
 * minute.
 */
final class SignIns {
  private static final int MOST = 50_000;

  private final Cache<Seen, Boolean> right = cache(Duration.ofHours(1));
  private final Cache<Seen, Boolean> wrong = cache(Duration.ofMinutes(1));

  private record Seen(String username, String address) {}

  boolean isNews(Occurrence occurrence) {
    if (!(occurrence.event() instanceof SignedIn event) || !event.repeated()) {
      return true;
    }
    Cache<Seen, Boolean> seen = event.succeeded() ? right : wrong;
    Seen key = new Seen(AuditEntry.stored(event.username()), occurrence.actor().address());
    return seen.asMap().putIfAbsent(key, true) == null;
  }

  private static Cache<Seen, Boolean> cache(Duration time) {
    return Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(time).build();
  }
}
