package io.orlop.catalog.quota;

import io.orlop.oci.Digest;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import io.orlop.platform.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets pushes into projects only as far as their quotas go.
 *
 * <p>Whoever links a blob or stores a manifest writes what counts by the same statement, and the
 * database refuses that statement when it goes beyond the limit. So nothing is looked up
 * beforehand, but for projects that have been refused something: their pushes are sent away before
 * they have sent their bytes.
 *
 * <p>In a project with a limit that statement locks the quota's row, and everybody who pushes there
 * needs that. So it calls {@code quota_lazily}, and is run by {@link Database#firstDurably}, which
 * waits for the disk when the row is free again.
 */
@ApplicationScoped
public class Charges {
  private static final String LIMIT = "quota_hard";
  private static final int REMEMBERED = 10_000;
  private static final int ATTEMPTS = 3;

  private final Database database;
  private final ContentRelease release;
  private final Settings settings;
  private final UncheckedCharges unchecked;
  private final Set<Long> full = ConcurrentHashMap.newKeySet();

  Charges(
      Database database, ContentRelease release, Settings settings, UncheckedCharges unchecked) {
    this.database = database;
    this.release = release;
    this.settings = settings;
    this.unchecked = unchecked;
  }

  /**
   * Does what a project is charged for. Belongs outside of transactions.
   *
   * @param bytes how much it is, for the message of a refusal
   * @param write does it in a transaction of its own; may be called several times
   * @throws RegistryException DENIED if the quota does not allow it: then nothing was written
   */
  public <T> T charge(long projectId, long bytes, Supplier<T> write) {
    for (int attempt = 1; ; attempt++) {
      try {
        return chargeOnce(projectId, bytes, write);
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS || !mayBeTriedAgain(e)) {
          throw e;
        }
      }
    }
  }

  private <T> T chargeOnce(long projectId, long bytes, Supplier<T> write) {
    try {
      return write.get();
    } catch (RuntimeException e) {
      if (isRefusal(e)) {
        return chargeAgain(projectId, bytes, write);
      }
      throw e;
    }
  }

  /**
   * A repository that was deleted in between is made again; and of those that waited for each other
   * in a circle, PostgreSQL has ended one, with nothing written.
   */
  private static boolean mayBeTriedAgain(RuntimeException failure) {
    return DatabaseException.findIn(failure)
        .filter(found ->
            switch (found.kind()) {
              case FOREIGN_KEY_VIOLATION, CONFLICT -> true;
              case UNIQUE_VIOLATION, UNAVAILABLE, INVALID_TEXT, OTHER -> false;
            })
        .isPresent();
  }

  /** What was deleted may not have been released yet. */
  private <T> T chargeAgain(long projectId, long bytes, Supplier<T> write) {
    if (!settings.quotaPerProjectEnable()) {
      return unchecked.write(write);
    }
    // Whoever is refused at the same moment may have released it: it is tried again in any case.
    release.ofProject(projectId);
    try {
      return write.get();
    } catch (RuntimeException e) {
      throw isRefusal(e) ? denied(projectId, bytes).causedBy(e) : e;
    }
  }

  /**
   * Sends a push away that cannot come to a good end, where the project has refused one before.
   *
   * @param digest what is to come, if that is known: what the project holds already costs nothing
   * @param bytes how long it is at least
   * @throws RegistryException DENIED if the quota does not allow it
   */
  public void requireRoom(long projectId, Optional<Digest> digest, long bytes) {
    if (!full.contains(projectId) || !settings.quotaPerProjectEnable()) {
      return;
    }
    Room room = room(projectId, digest);
    if (room.hard() == Quotas.UNLIMITED) {
      full.remove(projectId);
    } else if (!room.takes(bytes, digest.isPresent())) {
      release.ofProject(projectId);
      Room now = room(projectId, digest);
      if (!now.takes(bytes, digest.isPresent())) {
        throw refusal(bytes, now);
      }
    }
  }

  private RegistryException denied(long projectId, long bytes) {
    if (full.size() >= REMEMBERED) {
      full.clear();
    }
    full.add(projectId);
    return refusal(bytes, room(projectId, Optional.empty()));
  }

  private static RegistryException refusal(long bytes, Room room) {
    return ErrorCode.DENIED.exception(
        "adding %s of storage resource, which when updated to current usage of %s will exceed the configured upper limit of %s."
            .formatted(Bytes.text(bytes), Bytes.text(room.used()), Bytes.text(room.hard())));
  }

  /**
   * What there is room for.
   *
   * @param held whether the project holds what is asked for
   */
  private record Room(long hard, long used, boolean held) {
    /** Of unknown bytes, which the project may hold, only those that never fit are refused. */
    boolean takes(long bytes, boolean known) {
      if (hard < 0 || held) {
        return true;
      }
      boolean exact = known || bytes == 0;
      return exact ? used + bytes <= hard : bytes <= hard;
    }
  }

  private Room room(long projectId, Optional<Digest> digest) {
    return database
        .first(
            """
            SELECT hard,
                   used + (SELECT coalesce(sum(bytes), 0) FROM quota_change c
                            WHERE c.project_id = q.project_id)::bigint AS used,
                   EXISTS (SELECT FROM project_content c
                            WHERE c.project_id = q.project_id AND c.digest = ?) AS held
              FROM quota q WHERE project_id = ?
            """,
            row -> new Room(row.getLong("hard"), row.getLong("used"), row.getBoolean("held")),
            digest.map(Digest::toString).orElse(""),
            projectId)
        .orElse(new Room(Quotas.UNLIMITED, 0, false));
  }

  private static boolean isRefusal(RuntimeException failure) {
    return DatabaseException.findIn(failure).filter(found -> found.violates(LIMIT)).isPresent();
  }
}
