package io.orlop.catalog.blob;

import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** The transaction that links a blob of another repository. */
@ApplicationScoped
class BlobMounts {
  private final Repositories repositories;
  private final BlobLinks links;

  BlobMounts(Repositories repositories, BlobLinks links) {
    this.repositories = repositories;
    this.links = links;
  }

  /** Links a blob by its row; false if it is not there any more. */
  @Transactional
  public boolean link(RepositoryRef target, long blobId) {
    return links.linkLive(repositories.ensure(target), blobId).isPresent();
  }
}
