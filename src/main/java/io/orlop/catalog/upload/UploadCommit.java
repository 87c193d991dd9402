package io.orlop.catalog.upload;

import io.orlop.catalog.RepositoryRef;
import io.orlop.oci.Digest;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.DatabaseException;
import io.orlop.storage.BlobStore;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;

/** Turns staged bytes into a blob of a repository: bytes first, durably, then one transaction. */
@ApplicationScoped
class UploadCommit {
  private static final int ATTEMPTS = 3;

  private final UploadLinks links;
  private final BlobStore store;

  UploadCommit(UploadLinks links, BlobStore store) {
    this.links = links;
    this.store = store;
  }

  /** Commits bytes that have the digest. A crash in between leaves orphans, never a broken link. */
  void commit(BlobWriter writer, RepositoryRef repository, Digest digest) {
    if (links.linkExisting(repository, digest)) {
      writer.cancel();
      return;
    }
    long size = writer.offset();
    StorageKey key = writer.commit(digest);
    if (!record(repository, digest, size, key)) {
      store.delete(key);
    }
  }

  /**
   * Records the bytes. A transaction that collided or lost its connection is tried again, since the
   * staged file is gone and the client cannot; what is left after that belongs to garbage
   * collection.
   */
  private boolean record(RepositoryRef repository, Digest digest, long size, StorageKey key) {
    for (int attempt = 1; ; attempt++) {
      try {
        return links.record(repository, digest, size, key);
      } catch (RegistryException e) {
        store.delete(key);
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
