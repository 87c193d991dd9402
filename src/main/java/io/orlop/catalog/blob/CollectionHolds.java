package io.orlop.catalog.blob;

import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/**
 * Keeps collection from deleting bytes while somebody needs a consistent view of all of them, as a
 * backup does.
 *
 * <p>The contract is the table {@code collection_hold}, so that a process without this class can
 * hold too: insert a row, <em>then</em> take the snapshot of the database; move {@code expires_at}
 * on before it passes; delete the row. Whatever is not condemned in the snapshot keeps its bytes
 * for as long as the hold lives.
 */
@ApplicationScoped
public class CollectionHolds {
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final Database database;

  CollectionHolds(Database database) {
    this.database = database;
  }

  /**
   * Holds collection for ten minutes from now, and for ten more with each {@link Hold#renew}.
   *
   * @param reason what for, in words for an operator
   */
  public Hold take(String reason) {
    UUID id = UUID.randomUUID();
    database.update(
        "INSERT INTO collection_hold (id, reason, expires_at)"
            + " VALUES (?, ?, now() + make_interval(secs => ?))",
        id,
        reason,
        seconds());
    return new Hold(id);
  }

  /** Tells whether somebody holds collection now. */
  public boolean areLive() {
    return database.exists("SELECT FROM collection_hold WHERE expires_at > now()");
  }

  /** Forgets holds that their holders let lapse. */
  int dropLapsed() {
    return database.update("DELETE FROM collection_hold WHERE expires_at <= now()");
  }

  private static double seconds() {
    return (double) LIFE.toSeconds();
  }

  /** A hold; closing it lets collection go on. */
  public final class Hold implements AutoCloseable {
    private final UUID id;

    private Hold(UUID id) {
      this.id = id;
    }

    /**
     * Holds on.
     *
     * @return false if the hold had lapsed: what was seen under it may be gone
     */
    public boolean renew() {
      return database.update(
              "UPDATE collection_hold SET expires_at = now() + make_interval(secs => ?)"
                  + " WHERE id = ? AND expires_at > now()",
              seconds(),
              id)
          == 1;
    }

    @Override
    public void close() {
      database.update("DELETE FROM collection_hold WHERE id = ?", id);
    }
  }
}
