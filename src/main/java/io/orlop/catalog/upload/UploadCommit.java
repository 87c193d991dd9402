package io.orlop.catalog.upload;

import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.blob.BlobLinks;
import io.orlop.catalog.blob.BlobLinks.Recorded;
import io.orlop.catalog.blob.BlobReclamation;
import io.orlop.catalog.quota.Charges;
import io.orlop.oci.Digest;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.DatabaseException;
import io.orlop.storage.BlobStore;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Turns staged bytes into a blob of a repository: bytes first, durably, then one transaction. */
@ApplicationScoped
class UploadCommit {
  private static final int ATTEMPTS = 3;

  private static final Logger LOG = Logger.getLogger(UploadCommit.class);

  private final BlobLinks blobs;
  private final UploadLinks links;
  private final BlobReclamation reclamation;
  private final BlobStore store;
  private final Charges charges;
  private final Repositories repositories;

  UploadCommit(
      BlobLinks blobs,
      UploadLinks links,
      BlobReclamation reclamation,
      BlobStore store,
      Charges charges,
      Repositories repositories) {
    this.repositories = repositories;
    this.charges = charges;
    this.blobs = blobs;
    this.links = links;
    this.reclamation = reclamation;
    this.store = store;
  }

  /**
   * An upload that is to become a blob.
   *
   * @param known whether the store had the blob before its last bytes came; false if nobody asked
   */
  record Ending(UUID upload, RepositoryRef repository, Digest digest, boolean known) {}

  /**
   * Commits bytes that have the digest. A crash in between leaves orphans, never a broken link.
   *
   * @return whether the upload's row is gone too
   */
  boolean commit(BlobWriter writer, Ending ending) {
    Digest digest = ending.digest();
    if (isKnown(ending, writer.offset())
        && linkExisting(writer.offset(), ending.repository(), digest)) {
      writer.cancel();
      return false;
    }
    long size = writer.offset();
    StorageKey key = writer.commit(digest);
    Optional<Recorded> recorded = record(ending, size, key);
    if (recorded.isPresent() && !recorded.get().ours()) {
      drop(key);
    }
    recorded.flatMap(Recorded::replaced).ifPresent(reclamation::reclaim);
    return recorded.isEmpty();
  }

  private boolean isKnown(Ending ending, long size) {
    return ending.known() || (size >= store.worthAsking() && blobs.isLive(ending.digest()));
  }

  /** The blob is pushed already, with other bytes: collection drops what cannot be dropped now. */
  private void drop(StorageKey key) {
    try {
      store.delete(key);
    } catch (StorageException e) {
      LOG.warnf(e, "Bytes that nobody needs are left under %s", key);
    }
  }

  private boolean linkExisting(long size, RepositoryRef repository, Digest digest) {
    return charges.charge(repository.projectId(), size, () -> blobs.link(repository, digest));
  }

  private Optional<Recorded> recordOnce(Ending ending, long size, StorageKey key) {
    return charges.charge(
        ending.repository().projectId(),
        size,
        () ->
            recordFresh(ending, size, key)
                    || (repositories.prepare(ending.repository()) && recordFresh(ending, size, key))
                ? Optional.empty()
                : recordBesides(ending, size, key));
  }

  /**
   * Nearly always somebody else has pushed the same blob meanwhile, and that one is as good. Or
   * somebody else has made the repository just now.
   */
  private Optional<Recorded> recordBesides(Ending ending, long size, StorageKey key) {
    if (blobs.link(ending.repository(), ending.digest())) {
      return Optional.of(new Recorded(blobs.isRecorded(key), Optional.empty()));
    }
    return recordFresh(ending, size, key)
        ? Optional.empty()
        : Optional.of(links.record(ending.repository(), ending.digest(), size, key));
  }

  private boolean recordFresh(Ending ending, long size, StorageKey key) {
    return blobs.recordFresh(ending.repository(), size, key, ending.upload());
  }

  /**
   * Records the bytes. A transaction that lost its connection is tried again, as charging does with
   * one that collided, since the staged file is gone and the client cannot; what is left after that
   * belongs to garbage collection.
   *
   * @return empty if they were new and are ours, and the upload's row is gone with the same
   *     statement
   */
  private Optional<Recorded> record(Ending ending, long size, StorageKey key) {
    for (int attempt = 1; ; attempt++) {
      try {
        return recordOnce(ending, size, key);
      } catch (RegistryException e) {
        if (attempt == 1) {
          // An earlier attempt whose answer was lost may have been recorded after all.
          store.delete(key);
        }
        throw e;
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS || !DatabaseException.isUnavailable(e)) {
          throw e;
        }
      }
    }
  }
}
