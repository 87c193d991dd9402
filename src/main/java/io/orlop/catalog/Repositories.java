package io.orlop.catalog;

import io.orlop.oci.RepositoryName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of repositories. */
@ApplicationScoped
public class Repositories {
  private final Database database;

  Repositories(Database database) {
    this.database = database;
  }

  /** Finds a repository's id. */
  public Optional<Long> find(RepositoryRef repository) {
    return database.first(
        "SELECT id FROM repository WHERE project_id = ? AND name = ?",
        row -> row.getLong(1),
        repository.projectId(),
        repository.name().value());
  }

  /**
   * Finds a repository's id.
   *
   * @throws io.orlop.platform.error.RegistryException NAME_UNKNOWN if there is none
   */
  public long require(RepositoryRef repository) {
    return find(repository).orElseThrow(() -> unknown(repository.name()));
  }

  /**
   * Finds a repository's id, making the repository if there is none. It may be taken away again
   * until a transaction refers to it.
   *
   * @throws io.orlop.platform.error.RegistryException NAME_UNKNOWN if the project is gone
   */
  public long ensure(RepositoryRef repository) {
    return find(repository)
        .orElseGet(() -> {
          insert(repository, "", "");
          return require(repository);
        });
  }

  /**
   * Makes a repository if there is none, outside of transactions and without waiting for the disk:
   * whatever refers to it and is durable makes it durable. So those who push into the same new
   * repository at once do not wait for each other's transactions.
   *
   * @return whether there was none
   * @throws io.orlop.platform.error.RegistryException NAME_UNKNOWN if the project is gone
   */
  public boolean prepare(RepositoryRef repository) {
    if (find(repository).isPresent()) {
      return false;
    }
    insert(repository, Database.LAZY_COMMIT, "FROM lazy");
    return true;
  }

  /**
   * Lists the names of all repositories, in byte order.
   *
   * @param after the last name of the page before; empty for the first page
   */
  public List<String> namesAfter(String after, int limit) {
    return database.list(
        "SELECT name FROM repository WHERE listed_at IS NOT NULL AND name > ? ORDER BY name LIMIT ?",
        row -> row.getString(1),
        after,
        limit);
  }

  /** Makes the failure that tells a client that there is no such repository. */
  public static RuntimeException unknown(RepositoryName name) {
    return ErrorCode.NAME_UNKNOWN.exception(
        "repository " + name.value() + " not found", Map.of("name", name.value()));
  }

  /** An update of a row that is there would lock out everybody who refers to it. */
  private void insert(RepositoryRef repository, String with, String from) {
    try {
      int _ =
          database.update(
              with
                  + "INSERT INTO repository (project_id, name) SELECT ?, ? "
                  + from
                  + " ON CONFLICT (project_id, name) DO NOTHING",
              repository.projectId(),
              repository.name().value());
    } catch (DatabaseException e) {
      throw e.kind() == DatabaseException.Kind.FOREIGN_KEY_VIOLATION
          ? unknown(repository.name())
          : e;
    }
  }
}
