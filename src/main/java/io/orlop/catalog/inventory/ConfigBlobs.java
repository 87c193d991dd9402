package io.orlop.catalog.inventory;

import io.orlop.catalog.blob.BlobContents;
import io.orlop.catalog.blob.BlobInfo;
import io.orlop.oci.Digest;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the blobs of configs, of those that are small enough to be one. */
@ApplicationScoped
class ConfigBlobs {
  /** As large as a manifest may be. */
  static final long LARGEST = 4 << 20;

  private final Database database;
  private final BlobContents contents;

  ConfigBlobs(Database database, BlobContents contents) {
    this.database = database;
    this.contents = contents;
  }

  /** Finds where the configs of artifacts are; those that are lost or damaged are absent. */
  Map<Long, BlobInfo> find(Collection<Long> artifacts) {
    Map<Long, BlobInfo> found = new HashMap<>();
    database.list(
        """
        SELECT a.id, b.digest, b.size, b.storage_key FROM artifact a
          JOIN blob b ON b.digest = a.config_digest AND b.condemned_at IS NULL
                     AND b.damaged_at IS NULL
          JOIN repository_blob l ON l.repository_id = a.repository_id AND l.blob_id = b.id
         WHERE a.id = ANY (?)
        """,
        row -> found.put(row.getLong("id"), blob(row)),
        artifacts.stream().mapToLong(Long::longValue).toArray());
    return found;
  }

  /** Finds a blob that a repository has. */
  Optional<BlobInfo> find(long repositoryId, Digest digest) {
    return database.first(
        """
        SELECT b.digest, b.size, b.storage_key FROM blob b
          JOIN repository_blob l ON l.blob_id = b.id AND l.repository_id = ?
         WHERE b.digest = ? AND b.condemned_at IS NULL AND b.damaged_at IS NULL
        """,
        ConfigBlobs::blob,
        repositoryId,
        digest.toString());
  }

  /** Reads a config; empty if it is too large, or cannot be read now. */
  Optional<byte[]> read(BlobInfo blob) {
    if (blob.size() > LARGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(BlobContents.isSmall(blob) ? contents.read(blob) : copy(blob));
    } catch (RegistryException | StorageException | UncheckedIOException _) {
      return Optional.empty(); // Whoever pulls it is told what is wrong.
    }
  }

  private byte[] copy(BlobInfo blob) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) blob.size());
    try {
      contents.copy(blob, 0, blob.size(), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static BlobInfo blob(ResultSet row) throws SQLException {
    return new BlobInfo(
        Digest.parse(row.getString("digest")),
        row.getLong("size"),
        new StorageKey(row.getString("storage_key")));
  }
}
