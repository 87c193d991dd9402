package io.orlop.catalog.inventory;

import com.fasterxml.jackson.core.type.TypeReference;
import io.orlop.catalog.artifact.ArtifactJson;
import io.orlop.catalog.label.Label;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads artifacts with all that is told of them by one statement, however many they are. */
@ApplicationScoped
class ArtifactRows {
  private static final String SELECT =
      """
      SELECT a.id, a.repository_id, r.project_id, r.name AS repository, a.digest,
             coalesce(a.type, 'UNKNOWN') AS type, a.media_type AS manifest_media_type,
             coalesce(a.config_media_type, a.media_type) AS media_type, a.artifact_type,
             coalesce(a.total_size, a.size) AS size, a.pushed_at, a.pulled_at, a.config_digest,
             a.accessory_of IS NOT NULL AS accessory,
             a.extra_attrs, a.annotations::text AS annotations, a.child_list,
             CASE WHEN a.child_list IS NOT NULL THEN
               (SELECT jsonb_object_agg(k.digest, k.id) FROM artifact_child c
                  JOIN artifact k ON k.repository_id = c.repository_id AND k.digest = c.child_digest
                 WHERE c.parent_id = a.id) END AS child_ids,
             CASE WHEN ? THEN
               (SELECT jsonb_agg(jsonb_build_object(
                         'id', t.id, 'repositoryId', t.repository_id, 'artifactId', t.artifact_id,
                         'name', t.name, 'pushedAt', t.updated_at, 'pulledAt', t.pulled_at)
                         ORDER BY t.updated_at DESC, t.id DESC)
                  FROM tag t WHERE t.artifact_id = a.id) END AS tags,
             CASE WHEN ? THEN
               (SELECT jsonb_agg(jsonb_build_object(
                         'id', l.id, 'name', l.name, 'description', l.description,
                         'color', l.color, 'scope', l.scope, 'projectId', l.project_id,
                         'createdAt', l.created_at, 'updatedAt', l.updated_at) ORDER BY l.id)
                  FROM artifact_label m JOIN label l ON l.id = m.label_id
                 WHERE m.artifact_id = a.id) END AS labels,
             CASE WHEN ? THEN
               (SELECT jsonb_agg(jsonb_build_object(
                         'artifactId', x.id, 'subjectId', a.id, 'subjectDigest', a.digest,
                         'repository', r.name, 'size', coalesce(x.total_size, x.size),
                         'digest', x.digest, 'type', x.accessory_type, 'createdAt', x.pushed_at)
                         ORDER BY x.id)
                  FROM artifact x
                 WHERE x.repository_id = a.repository_id AND x.accessory_of = a.digest)
               END AS accessories
        FROM artifact a JOIN repository r ON r.id = a.repository_id WHERE a.id = ANY (ARRAY(
      """;

  private static final TypeReference<Map<String, Long>> IDS = new TypeReference<>() {};
  private static final TypeReference<List<TagInfo>> TAGS = new TypeReference<>() {};
  private static final TypeReference<List<Label>> LABELS = new TypeReference<>() {};
  private static final TypeReference<List<AccessoryInfo>> ACCESSORIES = new TypeReference<>() {};

  private final Database database;
  private final ArtifactJson json;
  private final ExtraAttributes attributes;

  ArtifactRows(Database database, ArtifactJson json, ExtraAttributes attributes) {
    this.database = database;
    this.json = json;
    this.attributes = attributes;
  }

  /**
   * Reads artifacts.
   *
   * @param ids a query for their ids
   * @param order the terms of an order, of artifacts {@code a} in repositories {@code r}
   * @param parameters those of the query
   */
  List<ArtifactInfo> read(String ids, String order, Details details, List<?> parameters) {
    List<Object> all = new ArrayList<>();
    all.add(details.tags());
    all.add(details.labels());
    all.add(details.accessories());
    all.addAll(parameters);
    return attributes.complete(
        database.list(
            SELECT + ids + ")) ORDER BY " + order, row -> artifact(row, details), all.toArray()));
  }

  private ArtifactInfo artifact(ResultSet row, Details details) throws SQLException {
    return new ArtifactInfo(
        row.getLong("id"),
        row.getLong("project_id"),
        row.getLong("repository_id"),
        row.getString("repository"),
        row.getString("digest"),
        row.getString("type"),
        row.getString("media_type"),
        row.getString("manifest_media_type"),
        row.getString("artifact_type"),
        row.getLong("size"),
        Database.instant(row, "pushed_at"),
        time(row, "pulled_at"),
        row.getBoolean("accessory"),
        row.getString("config_digest"),
        row.getString("extra_attrs"),
        json.texts(row.getString("annotations")),
        json.children(row.getString("child_list")),
        ids(row.getString("child_ids")),
        details.tags() ? list(row.getString("tags"), TAGS) : null,
        details.labels() ? list(row.getString("labels"), LABELS) : null,
        details.accessories() ? list(row.getString("accessories"), ACCESSORIES) : null);
  }

  /** Reads a time that may be absent. */
  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private Map<String, Long> ids(@Nullable String text) {
    return text == null ? Map.of() : json.read(text, IDS);
  }

  private <T> List<T> list(@Nullable String text, TypeReference<List<T>> type) {
    return text == null ? List.of() : json.read(text, type);
  }
}
