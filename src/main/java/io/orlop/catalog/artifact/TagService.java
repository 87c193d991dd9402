package io.orlop.catalog.artifact;

import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Lists the tags of a repository. */
@ApplicationScoped
public class TagService {
  private final Database database;
  private final Repositories repositories;

  TagService(Database database, Repositories repositories) {
    this.database = database;
    this.repositories = repositories;
  }

  /**
   * Lists tags in byte order.
   *
   * @param after the last tag of the page before, which need not exist; empty for the first page
   * @throws io.orlop.platform.error.RegistryException NAME_UNKNOWN
   */
  public List<String> namesAfter(RepositoryRef repository, String after, int limit) {
    long repositoryId = repositories.require(repository);
    return database.list(
        "SELECT name FROM tag WHERE repository_id = ? AND name > ? ORDER BY name LIMIT ?",
        row -> row.getString(1),
        repositoryId,
        after,
        limit);
  }
}
