package io.orlop.catalog.project;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Changes what is set for a project, one setting at a time. */
@ApplicationScoped
public class ProjectMetadata {
  private final Database database;

  ProjectMetadata(Database database) {
    this.database = database;
  }

  /**
   * Sets what is not set yet.
   *
   * @throws io.orlop.platform.error.RegistryException CONFLICT if it is set already
   */
  @Transactional
  public void add(long projectId, MetadataKey key, String value) {
    if (find(projectId, key).isPresent()) {
      throw ErrorCode.CONFLICT.exception("project metadata " + key.wireName() + " already exists");
    }
    write(projectId, key, value);
  }

  /**
   * Changes what is set.
   *
   * @throws io.orlop.platform.error.RegistryException NOT_FOUND if it is not set
   */
  @Transactional
  public void change(long projectId, MetadataKey key, String value) {
    require(projectId, key);
    write(projectId, key, value);
  }

  /**
   * Unsets it; a project that is no longer said to be public is private.
   *
   * @throws io.orlop.platform.error.RegistryException NOT_FOUND if it is not set
   */
  @Transactional
  public void remove(long projectId, MetadataKey key) {
    require(projectId, key);
    if (key == MetadataKey.PUBLIC) {
      write(projectId, key, "false");
    } else {
      database.update(
          "UPDATE project SET metadata = metadata - ?, updated_at = now() WHERE id = ?",
          key.wireName(),
          projectId);
    }
  }

  /** Returns the value of a setting that is set. */
  public String require(long projectId, MetadataKey key) {
    return find(projectId, key).orElseThrow(() -> unset(key.wireName()));
  }

  /** Makes the failure that tells a client that something is not set. */
  public static RuntimeException unset(String name) {
    return ErrorCode.NOT_FOUND.exception("project metadata " + name + " not found");
  }

  /** Reads it under a lock, where there is a transaction. */
  private Optional<String> find(long projectId, MetadataKey key) {
    return database
        .first(
            """
            SELECT CASE WHEN ? = 'public' THEN public::text ELSE metadata ->> ? END
              FROM project WHERE id = ? FOR NO KEY UPDATE
            """,
            row -> Optional.ofNullable(row.getString(1)),
            key.wireName(),
            key.wireName(),
            projectId)
        .flatMap(value -> value);
  }

  private void write(long projectId, MetadataKey key, String value) {
    if (key == MetadataKey.PUBLIC) {
      database.update(
          "UPDATE project SET public = ?, updated_at = now() WHERE id = ?",
          Boolean.valueOf(value),
          projectId);
    } else {
      database.update(
          """
          UPDATE project SET metadata = metadata || jsonb_build_object(?::text, ?::text),
                 updated_at = now()
           WHERE id = ?
          """,
          key.wireName(),
          value,
          projectId);
    }
  }
}
