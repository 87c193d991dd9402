package io.orlop.catalog.quota;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.query.Criteria;
import io.orlop.platform.query.Listing;
import io.orlop.platform.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads and sets quotas. What is read is exact: it counts all that was pushed and deleted before.
 */
@ApplicationScoped
public class Quotas {
  /** No limit. */
  public static final long UNLIMITED = -1;

  /** The greatest limit: 1024 TiB. */
  public static final long GREATEST = 1L << 50;

  private static final Listing FIELDS =
      Listing.orderedBy("q.created_at DESC, q.id DESC", "q.id")
          .number("id", "q.id")
          .number("reference_id", "q.project_id")
          .number(
              "hard.storage",
              "q.hard",
              "CASE WHEN q.hard < 0 THEN 9223372036854775807 ELSE q.hard END")
          .number("used.storage", "q.used + coalesce(c.bytes, 0)")
          .time("creation_time", "q.created_at")
          .time("update_time", "q.updated_at")
          .build();

  private static final String FROM =
      """
        FROM quota q
        JOIN project p ON p.id = q.project_id
        LEFT JOIN users u ON u.id = p.owner_id
        LEFT JOIN (SELECT project_id, sum(bytes)::bigint AS bytes FROM quota_change
                    GROUP BY project_id) c ON c.project_id = q.project_id
      """;

  private static final String SELECT =
      """
      SELECT q.id, q.project_id, p.name, u.username, q.hard,
             q.used + coalesce(c.bytes, 0) AS used, q.created_at, q.updated_at
      """
          + FROM;

  private final Database database;
  private final ContentRelease release;
  private final Settings settings;

  Quotas(Database database, ContentRelease release, Settings settings) {
    this.database = database;
    this.release = release;
    this.settings = settings;
  }

  /**
   * Which quotas to list.
   *
   * @param projectId only that of this project
   * @param q more conditions, in Harbor's grammar
   * @param sort the order, in Harbor's grammar
   */
  public record Query(OptionalLong projectId, @Nullable String q, @Nullable String sort) {}

  /** One page of quotas, and how many there are on all pages. */
  public record Page(List<QuotaInfo> quotas, long total) {}

  /** Lists quotas, those of the newest projects first if nothing else is asked for. */
  public Page list(Query query, long limit, long offset) {
    query.projectId().ifPresentOrElse(release::ofProject, release::all);
    Criteria read = FIELDS.read(query.q(), query.sort());
    Criteria criteria =
        query.projectId().isPresent()
            ? read.with("q.project_id = ?", query.projectId().getAsLong())
            : read;
    String where = " WHERE TRUE" + criteria.and();
    long total =
        database.one(
            "SELECT count(*) " + FROM + where,
            row -> row.getLong(1),
            criteria.parameters(List.of()));
    List<QuotaInfo> quotas =
        offset >= total
            ? List.of()
            : database.list(
                SELECT + where + " ORDER BY " + criteria.order() + " LIMIT ? OFFSET ?",
                Quotas::info,
                criteria.parameters(List.of(), limit, offset));
    return new Page(quotas, total);
  }

  /** Finds a quota by its id. */
  public Optional<QuotaInfo> find(long id) {
    database
        .first("SELECT project_id FROM quota WHERE id = ?", row -> row.getLong(1), id)
        .ifPresent(release::ofProject);
    return database.first(SELECT + " WHERE q.id = ?", Quotas::info, id);
  }

  /** Finds the quota of a project; empty where quotas are not kept. */
  public Optional<QuotaInfo> ofProject(long projectId) {
    if (!settings.quotaPerProjectEnable()) {
      return Optional.empty();
    }
    release.ofProject(projectId);
    return database.first(SELECT + " WHERE q.project_id = ?", Quotas::info, projectId);
  }

  /**
   * Sets how much a project may hold. A limit below what it holds refuses pushes and takes nothing
   * away.
   *
   * @param hard in bytes; -1 for no limit
   * @throws io.orlop.platform.error.RegistryException NOT_FOUND; BAD_REQUEST if it is no limit
   */
  @Transactional
  public void limit(long id, long hard) {
    requireValid("hard.storage", hard);
    long projectId =
        database
            .first(
                "UPDATE quota SET hard = ?, updated_at = now() WHERE id = ? RETURNING project_id",
                row -> row.getLong(1),
                hard,
                id)
            .orElseThrow(() -> unknown(id));
    fold(projectId);
  }

  /** Opens the quota of a project that is being made, in its transaction. */
  public void open(long projectId, OptionalLong hard) {
    database.update(
        "INSERT INTO quota (project_id, hard) VALUES (?, ?)",
        projectId,
        hard.orElseGet(settings::storagePerProject));
  }

  /** Forgets what a project that is being deleted held, in its transaction. */
  public void close(long projectId) {
    database.update("DELETE FROM quota WHERE project_id = ?", projectId);
    database.update("DELETE FROM content_check WHERE project_id = ?", projectId);
    database.update("DELETE FROM project_content WHERE project_id = ?", projectId);
    database.update("DELETE FROM quota_change WHERE project_id = ?", projectId);
  }

  /**
   * Checks a limit that a client sent.
   *
   * @throws io.orlop.platform.error.RegistryException BAD_REQUEST if it is none
   */
  public static void requireValid(String field, long hard) {
    if (hard != UNLIMITED && (hard < 1 || hard > GREATEST)) {
      throw ErrorCode.BAD_REQUEST.exception(
          "%s in body must be -1 or from 1 to %d".formatted(field, GREATEST));
    }
  }

  /** Makes the failure that tells a client that there is no such quota. */
  public static RuntimeException unknown(long id) {
    return ErrorCode.NOT_FOUND.exception("quota " + id + " not found");
  }

  /** Adds up what is yet to be added to quotas; nobody notices but by the time that it saves. */
  void foldAll() {
    database
        .list("SELECT DISTINCT project_id FROM quota_change", row -> row.getLong(1))
        .forEach(this::fold);
    database.update(
        """
        DELETE FROM quota_change c
         WHERE NOT EXISTS (SELECT FROM quota q WHERE q.project_id = c.project_id)
        """);
  }

  private void fold(long projectId) {
    database.first("SELECT quota_fold(?)", _ -> true, projectId);
  }

  private static QuotaInfo info(ResultSet row) throws SQLException {
    return new QuotaInfo(
        row.getLong("id"),
        row.getLong("project_id"),
        row.getString("name"),
        row.getString("username"),
        row.getLong("hard"),
        row.getLong("used"),
        Database.instant(row, "created_at"),
        Database.instant(row, "updated_at"));
  }
}
