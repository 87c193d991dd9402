package io.orlop.system.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.orlop.system.console.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is in a dump of the database, and which registry it is of.
 *
 * @param format changes when older programs can no longer read what follows
 * @param orlop the version that wrote it
 * @param createdAt when the snapshot was taken, ISO 8601
 * @param schema the migration that the schema was at
 * @param postgresql the major version of the database server
 * @param storeId the id in the marker of the registry's store
 * @param masterKeyCheck a known text, encrypted under the registry's master key
 */
record BackupManifest(
    int format,
    String orlop,
    String createdAt,
    Schema schema,
    int postgresql,
    String storeId,
    String masterKeyCheck,
    List<Table> tables,
    List<Sequence> sequences,
    Blobs blobs) {
  static final int FORMAT = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * The newest migration.
   *
   * @param version its number
   * @param script the name of its file
   */
  record Schema(String version, String script) {}

  /**
   * A table, whose rows are in a file of its name as PostgreSQL's {@code COPY} writes text.
   *
   * @param columns in the order of the file
   * @param sha256 of the file, hexadecimal
   */
  record Table(String name, List<String> columns, long rows, String sha256) {}

  /**
   * A sequence.
   *
   * @param last the last number that was taken from it; 0 if none was
   */
  record Sequence(String name, long last) {}

  /**
   * The list of the blobs that live rows name.
   *
   * @param sha256 of the list's file, hexadecimal
   */
  record Blobs(long count, long bytes, String sha256) {}

  String toJson() throws JsonProcessingException {
    return JSON.writeValueAsString(this) + "\n";
  }

  static BackupManifest read(Path file) throws IOException {
    int format = JSON.readTree(Files.readString(file)).path("format").asInt();
    if (format != FORMAT) {
      throw new CommandFailedException(
          "%s has format %d, and this Orlop reads format %d: use a newer one."
              .formatted(file, format, FORMAT));
    }
    return JSON.readValue(Files.readString(file), BackupManifest.class);
  }
}
