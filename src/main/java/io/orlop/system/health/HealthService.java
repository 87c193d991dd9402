package io.orlop.system.health;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.orlop.catalog.blob.DamagedBlobs;
import io.orlop.catalog.blob.StorePresence;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Looks whether the parts work. Harbor's names are kept where a part has the same duty here: {@code
 * registry} is the store of blobs, {@code jobservice} the background work, which lives in the
 * database.
 *
 * <p>Anybody may ask, and a look writes to the store: what was found is told again for two seconds.
 */
@ApplicationScoped
public class HealthService {
  private static final Logger LOG = Logger.getLogger(HealthService.class);
  private static final String ANOTHER_STORE =
      "the blob store is not the one that belongs to the database";

  private final Database database;
  private final BlobStore store;
  private final StorePresence presence;
  private final DamagedBlobs damaged;
  private final List<HealthSource> others;
  private final LoadingCache<String, List<ComponentHealth>> lastLook =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(2)).build(_ -> look());

  HealthService(
      Database database,
      BlobStore store,
      StorePresence presence,
      DamagedBlobs damaged,
      Instance<HealthSource> others) {
    this.presence = presence;
    this.damaged = damaged;
    this.others = others.stream().toList();
    this.database = database;
    this.store = store;
  }

  /** Returns all parts, by name. */
  public List<ComponentHealth> check() {
    return lastLook.get("all");
  }

  private List<ComponentHealth> look() {
    Optional<String> databaseError = databaseError();
    Optional<String> storeError = storeError();
    if (storeError.isEmpty() && databaseError.isEmpty()) {
      storeError = absence().or(this::damage);
    }
    return Stream.concat(
            Stream.of(
                new ComponentHealth("core", Optional.empty()),
                new ComponentHealth("database", databaseError),
                new ComponentHealth("jobservice", databaseError),
                new ComponentHealth("portal", Optional.empty()),
                new ComponentHealth("registry", storeError)),
            others.stream().map(HealthSource::health).flatMap(Optional::stream))
        .toList();
  }

  private Optional<String> databaseError() {
    try {
      database.exists("SELECT 1");
      return Optional.empty();
    } catch (DatabaseException e) {
      LOG.warn("The database does not answer", e);
      return Optional.of("the database does not answer");
    }
  }

  /** A bucket that was made anew, or the folder below a volume, can be written to as well. */
  private Optional<String> absence() {
    if (presence.isHere()) {
      return Optional.empty();
    }
    LOG.warn("The blob store has not the marker that this database knows: it is another one");
    return Optional.of(ANOTHER_STORE);
  }

  private Optional<String> damage() {
    long count = damaged.damagedBlobs();
    return count == 0
        ? Optional.empty()
        : Optional.of(count + " blobs are damaged: the log names them, pushing them again heals");
  }

  private Optional<String> storeError() {
    try {
      store.checkWritable();
      return Optional.empty();
    } catch (StorageException e) {
      LOG.warn("The blob store cannot be written to", e);
      return Optional.of(
          e.kind() == StorageException.Kind.AWAY
              ? ANOTHER_STORE
              : "the blob store cannot be written to");
    }
  }
}
