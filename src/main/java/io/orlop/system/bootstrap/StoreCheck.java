package io.orlop.system.bootstrap;

import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageException;
import io.orlop.system.StartRefusedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Checks that the store and the database belong together: both carry the same id. They are paired
 * when both are new.
 */
@ApplicationScoped
public class StoreCheck {
  /** The fact that holds the id which the store's marker has too. */
  public static final String FACT = "store-id";

  /** Before the id of a pairing that has not reached the store yet, or not for certain. */
  public static final String PENDING = "pending:";

  private final InstallationFacts facts;
  private final BlobStore store;

  StoreCheck(InstallationFacts facts, BlobStore store) {
    this.facts = facts;
    this.store = store;
  }

  void check() {
    try {
      store.checkWritable();
      compare(facts.find(FACT), store.marker());
    } catch (StorageException e) {
      throw new StartRefusedException("The blob store cannot be used: " + e.getMessage(), e);
    }
  }

  private void compare(Optional<String> known, Optional<String> marker) {
    if (known.isEmpty()) {
      if (marker.isPresent()) {
        throw new StartRefusedException(
            "The blob store belongs to another database (its marker is %s), and this database is"
                    .formatted(marker.get())
                + " new. Use that store's database, or an empty store.");
      }
      pair(facts.findOrRecord(FACT, PENDING + UUID.randomUUID()));
    } else if (known.get().startsWith(PENDING)) {
      String id = known.get().substring(PENDING.length());
      if (marker.isPresent() && !marker.get().equals(id)) {
        throw foreign(id, marker.get());
      }
      pair(known.get());
    } else if (marker.isEmpty()) {
      throw new StartRefusedException(
          "The blob store has no marker, but this database's store has %s: is its volume mounted,"
                  .formatted(known.get())
              + " or its bucket and prefix right? If that store is lost for good, tell Orlop so:"
              + " DELETE FROM installation WHERE name = '%s';".formatted(FACT));
    } else if (!marker.get().equals(known.get())) {
      throw foreign(known.get(), marker.get());
    }
  }

  /** Brings the database's id to the store; takes up where an earlier start was killed. */
  private void pair(String known) {
    String id = known.startsWith(PENDING) ? known.substring(PENDING.length()) : known;
    store.writeMarker(id);
    facts.replace(FACT, id);
  }

  private static StartRefusedException foreign(String known, String marker) {
    return new StartRefusedException(
        ("The blob store belongs to another database: its marker is %s, and this database's store"
                + " has %s. Use the store and the database that belong together.")
            .formatted(marker, known));
  }
}
