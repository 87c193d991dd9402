package io.orlop.catalog.upload;

import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.blob.BlobLinks;
import io.orlop.catalog.blob.BlobLinks.Recorded;
import io.orlop.oci.Digest;
import io.orlop.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** The transactions that end an upload. */
@ApplicationScoped
class UploadLinks {
  private final Repositories repositories;
  private final BlobLinks links;

  UploadLinks(Repositories repositories, BlobLinks links) {
    this.repositories = repositories;
    this.links = links;
  }

  /** Links a blob that the store has already, whoever pushed it; false if it has none. */
  @Transactional
  public boolean linkExisting(RepositoryRef repository, Digest digest) {
    return links.linkLive(repositories.ensure(repository), digest).isPresent();
  }

  /** Records and links new bytes, unless the same blob came in by another way meanwhile. */
  @Transactional
  public Recorded record(RepositoryRef repository, Digest digest, long size, StorageKey key) {
    return links.recordAndLink(repositories.ensure(repository), digest, size, key);
  }
}
