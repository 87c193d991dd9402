package io.orlop.catalog.inventory;

import io.orlop.access.RepositoryScope;
import io.orlop.catalog.RepositoryRef;
import io.orlop.oci.Reference;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.query.Criteria;
import io.orlop.platform.query.Listing;
import io.orlop.platform.query.Slice;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds and lists artifacts. */
@ApplicationScoped
public class ArtifactQueries {
  private static final String BY_TAG =
      """
      SELECT t.artifact_id AS id FROM repository r
        JOIN tag t ON t.repository_id = r.id AND t.name = ?
       WHERE r.project_id = ? AND r.name = ?
      """;
  private static final String BY_DIGEST =
      """
      SELECT a.id FROM repository r JOIN artifact a ON a.repository_id = r.id AND a.digest = ?
       WHERE r.project_id = ? AND r.name = ?
      """;

  private static final Listing TAGS =
      Listing.orderedBy("t.updated_at DESC, t.id DESC", "t.id DESC")
          .number("id", "t.id")
          .text("name", "t.name")
          .number("repository_id", "t.repository_id")
          .number("artifact_id", "t.artifact_id")
          .time("push_time", "t.updated_at")
          .time("pull_time", "t.pulled_at")
          .build();

  private static final Listing ACCESSORIES =
      Listing.orderedBy("a.id", "a.id")
          .number("id", "a.id")
          .number("artifact_id", "a.id")
          .text("digest", "a.digest")
          .text("type", "a.accessory_type")
          .number("size", "coalesce(a.total_size, a.size)")
          .time("creation_time", "a.pushed_at")
          .build();

  private final Database database;
  private final ArtifactRows rows;

  ArtifactQueries(Database database, ArtifactRows rows) {
    this.database = database;
    this.rows = rows;
  }

  /**
   * What a client asks of a list.
   *
   * @param q Harbor's filter
   * @param sort Harbor's order
   */
  public record Wanted(@Nullable String q, @Nullable String sort, Window window) {}

  /** Finds an artifact by tag or digest. */
  public Optional<ArtifactInfo> find(
      RepositoryRef repository, Reference reference, Details details) {
    String by =
        switch (reference) {
          case Reference.ByTag _ -> BY_TAG;
          case Reference.ByDigest _ -> BY_DIGEST;
        };
    List<Object> parameters =
        List.of(reference.toString(), repository.projectId(), repository.name().value());
    return rows.read(by, "a.id", details, parameters).stream().findFirst();
  }

  /** Lists the artifacts of a repository, newest first; of an unknown one none. */
  public Page<ArtifactInfo> list(RepositoryRef repository, Wanted wanted, Details details) {
    Criteria criteria = ArtifactFilter.read(wanted.q(), wanted.sort());
    Optional<Counted> home = counted(repository);
    if (home.isEmpty()) {
      return Page.empty(0);
    }
    Source source =
        new Source(
            ArtifactFilter.isAboutRepositories(criteria) ? Source.JOINED : "artifact a",
            "a.repository_id = ?",
            List.of(home.get().id()));
    long total = isEverything(criteria) ? home.get().artifacts() : count(source, criteria);
    return page(source, criteria, wanted.window(), total, details);
  }

  /**
   * Lists the artifacts of a project's repositories, newest first.
   *
   * @param latest only the newest of each repository, of those that are asked for
   */
  public Page<ArtifactInfo> list(
      long projectId, RepositoryScope scope, Wanted wanted, boolean latest, Details details) {
    Criteria criteria = ArtifactFilter.read(wanted.q(), wanted.sort());
    List<Object> parameters = new ArrayList<>(List.of(projectId));
    // What was never listed has no artifacts; the index that serves this has no other columns.
    String where = "r.project_id = ? AND r.listed_at IS NOT NULL";
    if (scope.regex().isPresent()) {
      where += " AND r.name ~ ?";
      parameters.add(scope.regex().get());
    }
    Source source = new Source(Source.JOINED, where, parameters);
    Criteria asked = latest ? newestOfEach(source, criteria) : criteria;
    boolean counted = scope.regex().isEmpty() && isEverything(asked);
    long total = counted ? counted(projectId) : count(source, asked);
    return page(source, asked, wanted.window(), total, details);
  }

  /** Lists the tags of an artifact, newest first. */
  public Page<TagInfo> tags(ArtifactInfo artifact, Wanted wanted) {
    Criteria criteria = TAGS.read(wanted.q(), wanted.sort());
    String from = " FROM tag t WHERE t.artifact_id = ?" + criteria.and();
    List<?> before = List.of(artifact.id());
    long total =
        database.one("SELECT count(*)" + from, row -> row.getLong(1), criteria.parameters(before));
    List<TagInfo> tags =
        database.list(
            "SELECT t.id, t.repository_id, t.artifact_id, t.name, t.updated_at, t.pulled_at"
                + from
                + " ORDER BY "
                + criteria.order()
                + " LIMIT ? OFFSET ?",
            row ->
                new TagInfo(
                    row.getLong("id"),
                    row.getLong("repository_id"),
                    row.getLong("artifact_id"),
                    row.getString("name"),
                    Database.instant(row, "updated_at"),
                    ArtifactRows.time(row, "pulled_at")),
            criteria.parameters(before, wanted.window().limit(), wanted.window().offset()));
    return new Page<>(tags, total);
  }

  /** Lists what belongs to an artifact. */
  public Page<AccessoryInfo> accessories(ArtifactInfo subject, Wanted wanted) {
    Criteria criteria = ACCESSORIES.read(wanted.q(), wanted.sort());
    String from =
        " FROM artifact a WHERE a.repository_id = ? AND a.accessory_of = ?" + criteria.and();
    List<?> before = List.of(subject.repositoryId(), subject.digest());
    long total =
        database.one("SELECT count(*)" + from, row -> row.getLong(1), criteria.parameters(before));
    List<AccessoryInfo> accessories =
        database.list(
            "SELECT a.id, coalesce(a.total_size, a.size) AS size, a.digest, a.accessory_type,"
                + " a.pushed_at"
                + from
                + " ORDER BY "
                + criteria.order()
                + " LIMIT ? OFFSET ?",
            row ->
                new AccessoryInfo(
                    row.getLong("id"),
                    subject.id(),
                    subject.digest(),
                    subject.repository(),
                    row.getLong("size"),
                    row.getString("digest"),
                    row.getString("accessory_type"),
                    Database.instant(row, "pushed_at")),
            criteria.parameters(before, wanted.window().limit(), wanted.window().offset()));
    return new Page<>(accessories, total);
  }

  /** Where the artifacts of a list are. */
  private record Source(String from, String where, List<Object> parameters) {
    static final String JOINED = "artifact a JOIN repository r ON r.id = a.repository_id";

    String query(String select, Criteria criteria) {
      return "SELECT " + select + " FROM " + from + " WHERE " + where + criteria.and();
    }
  }

  private record Counted(long id, long artifacts) {}

  private Optional<Counted> counted(RepositoryRef repository) {
    return database.first(
        """
        SELECT r.id, r.artifact_count + coalesce((SELECT sum(d.artifacts) FROM repository_delta d
                                                   WHERE d.repository_id = r.id), 0)
          FROM repository r WHERE r.project_id = ? AND r.name = ?
        """,
        row -> new Counted(row.getLong(1), row.getLong(2)),
        repository.projectId(),
        repository.name().value());
  }

  private long counted(long projectId) {
    return database.one(
        """
        SELECT coalesce(sum(r.artifact_count), 0)
             + coalesce((SELECT sum(d.artifacts) FROM repository_delta d
                           JOIN repository h ON h.id = d.repository_id
                          WHERE h.project_id = ?), 0)
          FROM repository r WHERE r.project_id = ?
        """,
        row -> row.getLong(1),
        projectId,
        projectId);
  }

  private long count(Source source, Criteria criteria) {
    return database.one(
        source.query("count(*)", criteria),
        row -> row.getLong(1),
        criteria.parameters(source.parameters()));
  }

  /** Tells whether the list is what the repository's counter counts. */
  private static boolean isEverything(Criteria criteria) {
    return criteria.special().isEmpty() && criteria.conditions().equals(List.of("a.listed"));
  }

  private static Criteria newestOfEach(Source source, Criteria criteria) {
    return new Criteria(
        List.of(
            "a.id IN ("
                + source.query("DISTINCT ON (a.repository_id) a.id", criteria)
                + " ORDER BY a.repository_id, "
                + ArtifactFilter.NEWEST_FIRST
                + ")"),
        List.of(criteria.parameters(source.parameters())),
        criteria.order(),
        criteria.special(),
        criteria.sorted());
  }

  /** Reads a page; one in the second half of the plain list from its end, which is nearer. */
  private Page<ArtifactInfo> page(
      Source source, Criteria criteria, Window window, long total, Details details) {
    if (window.offset() >= total) {
      return Page.empty(total);
    }
    String order = ArtifactFilter.order(criteria);
    boolean fromEnd = order.equals(ArtifactFilter.NEWEST_FIRST) && window.offset() > total / 2;
    Slice asked = new Slice(window.limit(), window.offset());
    Slice slice = fromEnd ? asked.fromEnd(total) : asked;
    String readOrder = fromEnd ? ArtifactFilter.OLDEST_FIRST : order;
    List<ArtifactInfo> artifacts =
        rows.read(
            source.query("a.id", criteria) + " ORDER BY " + readOrder + slice.sql(),
            readOrder,
            details,
            List.of(criteria.parameters(source.parameters(), slice.parameters())));
    return new Page<>(fromEnd ? artifacts.reversed() : artifacts, total);
  }
}
