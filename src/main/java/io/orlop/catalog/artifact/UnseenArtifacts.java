package io.orlop.catalog.artifact;

import io.orlop.oci.InvalidValueException;
import io.orlop.oci.Manifest;
import io.orlop.oci.ManifestParser;
import io.orlop.oci.MediaType;
import io.orlop.platform.job.PeriodicWork;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Finds out what artifacts are that an older version took in. Where it stands is in the rows, so a
 * crash loses nothing; when all are done, a look costs next to nothing.
 */
@ApplicationScoped
class UnseenArtifacts implements PeriodicWork {
  private static final Logger LOG = Logger.getLogger(UnseenArtifacts.class);
  private static final int BATCH = 200;

  private final Database database;
  private final ArtifactJson json;

  UnseenArtifacts(Database database, ArtifactJson json) {
    this.database = database;
    this.json = json;
  }

  @Override
  public String name() {
    return "look-at-older-artifacts";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  /** Images before indexes, whose sizes are those of their children. */
  @Override
  public void run() {
    while (lookAtSome("config_media_type IS NOT NULL") || lookAtSome("true")) {
      // The next ones.
    }
  }

  private boolean lookAtSome(String which) {
    List<Long> some =
        database.list(
            "SELECT id FROM artifact WHERE type IS NULL AND " + which + " ORDER BY id LIMIT ?",
            row -> row.getLong(1),
            BATCH);
    some.forEach(this::lookAt);
    return !some.isEmpty();
  }

  /** One manifest in memory at a time. */
  private void lookAt(long id) {
    Optional<ArtifactModel> model =
        database.first(
            "SELECT digest, media_type, manifest FROM artifact WHERE id = ?",
            row -> model(row.getString(1), row.getString(2), row.getBytes(3)),
            id);
    model.ifPresent(found -> write(id, found));
  }

  private static ArtifactModel model(String digest, String mediaType, byte[] body) {
    try {
      Manifest manifest = ManifestParser.parse(body, MediaType.parse(mediaType));
      return ArtifactModel.of(manifest, body.length, Collections.emptySortedSet());
    } catch (InvalidValueException e) {
      LOG.warnf(e, "A manifest that was taken in cannot be read: %s", digest);
      return new ArtifactModel(
          ArtifactType.UNKNOWN, body.length, Optional.empty(), Optional.empty(), List.of());
    }
  }

  private void write(long id, ArtifactModel model) {
    database.update(
        """
        UPDATE artifact a
           SET type = ?, config_digest = ?, child_list = ?,
               total_size = least(?::numeric + coalesce(
                 (SELECT sum(coalesce(k.total_size, k.size)) FROM artifact_child c
                    JOIN artifact k ON k.repository_id = c.repository_id
                                   AND k.digest = c.child_digest
                   WHERE c.parent_id = a.id), 0), 9223372036854775807)::bigint
         WHERE a.id = ? AND a.type IS NULL
        """,
        model.type(),
        model.config().map(Object::toString).orElse(null),
        json.children(model.children()),
        model.size(),
        id);
  }
}
