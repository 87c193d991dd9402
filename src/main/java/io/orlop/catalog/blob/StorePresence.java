package io.orlop.catalog.blob;

import io.orlop.platform.persistence.Database;
import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageException;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Tells a store that is away as a whole, a volume that is not mounted or a bucket that does not
 * answer, from one that has lost a blob: only the right store shows the marker that this database
 * knows.
 */
@ApplicationScoped
public class StorePresence {
  private static final Logger LOG = Logger.getLogger(StorePresence.class);

  private final Database database;
  private final BlobStore store;

  StorePresence(Database database, BlobStore store) {
    this.database = database;
    this.store = store;
  }

  /** Tells whether this database's store is there and can be read. */
  public boolean isHere() {
    try {
      return store.marker().filter(this::isOurs).isPresent();
    } catch (StorageException e) {
      LOG.debug("The store's marker cannot be read", e);
      return false;
    }
  }

  private boolean isOurs(String marker) {
    return database.exists(
        "SELECT FROM installation WHERE name = 'store-id' AND value = ?", marker);
  }
}
