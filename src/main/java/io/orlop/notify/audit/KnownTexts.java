package io.orlop.notify.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.platform.event.Actor;

/**
 * Lets entries that wait share the texts that they have in common: who pulls ten thousand times a
 * second has one name, one address and one client. Each text of its own would be copied by every
 * collection of the young generation meanwhile.
 */
final class KnownTexts {
  private static final int MOST = 2_000;

  private final Cache<String, String> texts =
      Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  /** Returns the entry with its texts as they will be stored, the same ones that others have. */
  AuditEntry share(AuditEntry entry) {
    Actor actor = entry.actor();
    return new AuditEntry(
        entry.at(),
        entry.project(),
        new Actor(
            share(actor.name()),
            actor.method(),
            share(actor.address()),
            share(actor.userAgent()),
            actor.requestId(),
            actor.robotId(),
            actor.tokenId()),
        entry.operation(),
        entry.resourceType(),
        share(entry.resource()),
        entry.succeeded());
  }

  private String share(String text) {
    String stored = AuditEntry.stored(text);
    String known = texts.getIfPresent(stored);
    if (known != null) {
      return known;
    }
    texts.put(stored, stored);
    return stored;
  }
}
