package io.orlop.catalog.blob;

import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Keeps collection from deleting bytes while somebody needs a consistent view of all of them, as a
 * backup does.
 *
 * <p>Holders are other processes, and the contract is the table {@code collection_hold}: insert a
 * row, <em>then</em> take the snapshot of the database; move {@code expires_at} on before it
 * passes; delete the row. Whatever is not condemned in the snapshot keeps its bytes for as long as
 * the hold lives. A row whose time has passed holds nothing, and whoever finds it may drop it.
 */
@ApplicationScoped
class CollectionHolds {
  private final Database database;

  CollectionHolds(Database database) {
    this.database = database;
  }

  /** Tells whether somebody holds collection now. */
  boolean areLive() {
    return database.exists("SELECT FROM collection_hold WHERE expires_at > now()");
  }

  /** Forgets holds that their holders let lapse. */
  int dropLapsed() {
    return database.update("DELETE FROM collection_hold WHERE expires_at <= now()");
  }
}
