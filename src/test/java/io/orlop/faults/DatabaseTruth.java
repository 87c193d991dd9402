package io.orlop.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.testsupport.RepositoryClient;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Compares what is served, from wherever, with what the database says to somebody else. */
final class DatabaseTruth {
  private static final String MANIFEST =
      """
      SELECT a.digest FROM artifact a JOIN repository r ON r.id = a.repository_id
       WHERE r.name = ?
         AND ? IN (SELECT a.digest UNION ALL SELECT t.name FROM tag t WHERE t.artifact_id = a.id)
      """;

  private static final String BLOB =
      """
      SELECT b.digest FROM repository_blob l
        JOIN repository r ON r.id = l.repository_id
        JOIN blob b ON b.id = l.blob_id AND b.condemned_at IS NULL
       WHERE r.name = ? AND b.digest = ?
      """;

  private final Connection database;

  DatabaseTruth(Connection database) {
    this.database = database;
  }

  /** Checks what a tag or a digest leads to. */
  void checkManifest(RepositoryClient repository, Object reference) {
    Optional<String> digest = digest(MANIFEST, repository.name(), reference.toString());
    var pulled = repository.getManifest(reference);
    var seen = repository.headManifest(reference);
    if (digest.isPresent()) {
      assertThat(Digest.of(pulled.expect(200).bytes())).as("%s", pulled).hasToString(digest.get());
      seen.expect(200).expectHeader("Docker-Content-Digest", digest.get());
    } else {
      pulled.expect(404);
      seen.expect(404);
    }
  }

  /** Checks whether a blob is there. */
  void checkBlob(RepositoryClient repository, Digest blob) {
    if (digest(BLOB, repository.name(), blob.toString()).isPresent()) {
      assertThat(Digest.of(repository.getBlob(blob).expect(200).bytes())).isEqualTo(blob);
    } else {
      repository.getBlob(blob).expect(404);
    }
  }

  private Optional<String> digest(String sql, String repository, String name) {
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      statement.setString(1, repository);
      statement.setString(2, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
