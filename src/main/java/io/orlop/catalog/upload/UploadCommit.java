package io.orlop.catalog.upload;

import io.orlop.catalog.RepositoryRef;
import io.orlop.oci.Digest;
import io.orlop.storage.BlobStore;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;

/** Turns staged bytes into a blob of a repository: bytes first, durably, then one transaction. */
@ApplicationScoped
class UploadCommit {
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
    if (!links.record(repository, digest, size, key)) {
      store.delete(key);
    }
  }
}
