package io.orlop.catalog.upload;

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
import io.orlop.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Turns staged bytes into a blob of a repository: bytes first, durably, then one transaction. */
@ApplicationScoped
class UploadCommit {
  private static final int ATTEMPTS = 3;

  private final BlobLinks blobs;
  private final UploadLinks links;
  private final BlobReclamation reclamation;
  private final BlobStore store;
  private final Charges charges;

  UploadCommit(
      BlobLinks blobs,
      UploadLinks links,
      BlobReclamation reclamation,
      BlobStore store,
      Charges charges) {
    this.charges = charges;
    this.blobs = blobs;
    this.links = links;
    this.reclamation = reclamation;
    this.store = store;
  }

  /** Commits bytes that have the digest. A crash in between leaves orphans, never a broken link. */
  void commit(BlobWriter writer, RepositoryRef repository, Digest digest) {
    if (blobs.isLive(digest) && linkExisting(writer.offset(), repository, digest)) {
      writer.cancel();
      return;
    }
    long size = writer.offset();
    StorageKey key = writer.commit(digest);
    Recorded recorded = record(repository, digest, size, key);
    if (!recorded.ours()) {
      store.delete(key);
    }
    recorded.replaced().ifPresent(reclamation::reclaim);
  }

  private boolean linkExisting(long size, RepositoryRef repository, Digest digest) {
    return charges.charge(
        repository.projectId(), size, () -> links.linkExisting(repository, digest));
  }

  private Recorded recordOnce(RepositoryRef repository, Digest digest, long size, StorageKey key) {
    return charges.charge(
        repository.projectId(),
        size,
        () ->
            blobs.recordFresh(repository, digest, size, key)
                ? new Recorded(true, Optional.empty())
                : links.record(repository, digest, size, key));
  }

  /**
   * Records the bytes. A transaction that collided or lost its connection is tried again, since the
   * staged file is gone and the client cannot; what is left after that belongs to garbage
   * collection.
   */
  private Recorded record(RepositoryRef repository, Digest digest, long size, StorageKey key) {
    for (int attempt = 1; ; attempt++) {
      try {
        return recordOnce(repository, digest, size, key);
      } catch (RegistryException e) {
        if (attempt == 1) {
          // An earlier attempt whose answer was lost may have been recorded after all.
          store.delete(key);
        }
        throw e;
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS || !isPassing(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean isPassing(RuntimeException failure) {
    return DatabaseException.findIn(failure)
        .map(DatabaseException::kind)
        .filter(kind ->
            kind == DatabaseException.Kind.CONFLICT || kind == DatabaseException.Kind.UNAVAILABLE)
        .isPresent();
  }
}
