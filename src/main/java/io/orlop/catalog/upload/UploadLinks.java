package io.orlop.catalog.upload;

import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.blob.BlobLinks;
import io.orlop.catalog.blob.BlobLinks.Recorded;
import io.orlop.oci.Digest;
import io.orlop.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** The transaction that ends an upload which a statement alone cannot end. */
@ApplicationScoped
class UploadLinks {
  private final Repositories repositories;
  private final BlobLinks links;

  UploadLinks(Repositories repositories, BlobLinks links) {
    this.repositories = repositories;
    this.links = links;
  }

  /**
   * Records and links new bytes that take the place of damaged ones, unless the same blob came in
   * by another way meanwhile.
   */
  @Transactional
  public Recorded record(RepositoryRef repository, Digest digest, long size, StorageKey key) {
    return links.recordAndLink(repositories.ensure(repository), digest, size, key);
  }
}
