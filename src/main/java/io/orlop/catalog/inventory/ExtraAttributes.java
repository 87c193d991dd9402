package io.orlop.catalog.inventory;

import io.orlop.catalog.blob.BlobInfo;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Fills in what configs say, when an artifact is first looked at: a push does not wait for it, and
 * most artifacts are never looked at. What was read is kept in the artifact's row.
 */
@ApplicationScoped
class ExtraAttributes {
  /** How many are read for one request; the others show none until they are asked for again. */
  private static final int MOST = 1000;

  private final Database database;
  private final ConfigBlobs blobs;
  private final ConfigAttributes attributes;

  /** One config at a time, since the tree of a large one takes many times its size. */
  private final ReentrantLock turn = new ReentrantLock();

  ExtraAttributes(Database database, ConfigBlobs blobs, ConfigAttributes attributes) {
    this.database = database;
    this.blobs = blobs;
    this.attributes = attributes;
  }

  /** Returns the artifacts with their attributes. */
  List<ArtifactInfo> complete(List<ArtifactInfo> artifacts) {
    List<ArtifactInfo> unread =
        artifacts.stream()
            .filter(artifact -> artifact.attributes() == null && artifact.config() != null)
            .limit(MOST)
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
    for (ArtifactInfo artifact : artifacts) {
      BlobInfo config = configs.get(artifact.id());
      if (config != null) {
        read(artifact.type(), config, artifact.id(), read);
      }
    }
    return read;
  }

  private void read(String type, BlobInfo config, long artifact, Map<Long, String> read) {
    if (config.size() > ConfigBlobs.LARGEST) {
      read.put(artifact, ConfigAttributes.NONE);
      return;
    }
    turn.lock();
    try {
      blobs.read(config).ifPresent(bytes -> read.put(artifact, attributes.read(type, bytes)));
    } finally {
      turn.unlock();
    }
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
