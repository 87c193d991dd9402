package io.orlop.catalog.inventory;

import io.orlop.catalog.blob.BlobInfo;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills in what configs say, when an artifact is first looked at: a push does not wait for it, and
 * most artifacts are never looked at. What was read is kept in the artifact's row.
 */
@ApplicationScoped
class ExtraAttributes {
  /** How many are read for one request; the others show none until they are asked for again. */
  private static final int MOST = 100;

  /** For how long a list waits for a store that is slow. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Among how many those are looked for, of which some cannot be read. */
  private static final int LOOKED_AT = 1_000;

  private final Database database;
  private final ConfigBlobs blobs;
  private final ConfigReader reader;
  private final ConfigAttributes attributes;

  ExtraAttributes(
      Database database, ConfigBlobs blobs, ConfigReader reader, ConfigAttributes attributes) {
    this.database = database;
    this.blobs = blobs;
    this.reader = reader;
    this.attributes = attributes;
  }

  /** Returns the artifacts with their attributes. */
  List<ArtifactInfo> complete(List<ArtifactInfo> artifacts) {
    List<ArtifactInfo> unread =
        artifacts.stream()
            .filter(artifact -> artifact.attributes() == null && artifact.config() != null)
            .limit(LOOKED_AT)
            .toList();
    if (unread.isEmpty()) {
      return artifacts;
    }
    Map<Long, String> read = read(unread);
    keep(read);
    return artifacts.stream()
        .map(artifact ->
            read.containsKey(artifact.id()) ? artifact.with(read.get(artifact.id())) : artifact)
        .toList();
  }

  private Map<Long, String> read(List<ArtifactInfo> artifacts) {
    Map<Long, BlobInfo> configs = blobs.find(artifacts.stream().map(ArtifactInfo::id).toList());
    Map<Long, String> read = new HashMap<>();
    int tried = 0;
    long begun = System.nanoTime();
    for (ArtifactInfo artifact : artifacts) {
      BlobInfo config = configs.get(artifact.id());
      boolean goesOn = tried < MOST && System.nanoTime() - begun < PATIENCE.toNanos();
      if (goesOn && config != null && !reader.isUnreadable(config)) {
        tried++;
        read(artifact.type(), config).ifPresent(text -> read.put(artifact.id(), text));
      }
    }
    return read;
  }

  private Optional<String> read(String type, BlobInfo config) {
    return config.size() > ConfigBlobs.LARGEST
        ? Optional.of(ConfigAttributes.NONE)
        : reader.read(config, bytes -> attributes.read(type, bytes));
  }

  private void keep(Map<Long, String> read) {
    if (read.isEmpty()) {
      return;
    }
    List<Long> ids = read.keySet().stream().sorted().toList();
    List<String> texts = new ArrayList<>(ids.size());
    ids.forEach(id -> texts.add(read.get(id)));
    database.update(
        Database.LAZY_COMMIT
            + """
            , found AS MATERIALIZED
              (SELECT a.id, f.attributes
                 FROM lazy, unnest(?::bigint[], ?::text[]) AS f (id, attributes)
                 JOIN artifact a ON a.id = f.id
                ORDER BY a.id FOR NO KEY UPDATE OF a)
            UPDATE artifact a SET extra_attrs = f.attributes FROM found f WHERE a.id = f.id
            """,
        ids.stream().mapToLong(Long::longValue).toArray(),
        texts);
  }
}
