package io.orlop.notify.audit;

import io.orlop.access.Authorizer;
import io.orlop.access.MemberProjects;
import io.orlop.access.ProjectPermission;
import io.orlop.access.SystemPermission;
import io.orlop.identity.Principal;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.query.Criteria;
import io.orlop.platform.query.Listing;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Reads the log. */
@ApplicationScoped
public class AuditLog {
  private static final String NEWEST_FIRST = "a.op_time DESC, a.id DESC";

  /** So many entries are passed over as quickly as the days are counted. */
  private static final long FAR_DOWN = 200;

  /** What lists of entries can be restricted to and sorted by. */
  public static final Listing LISTING =
      Listing.orderedBy(NEWEST_FIRST, "a.id DESC")
          .number("id", "a.id")
          .time("op_time", "a.op_time")
          .name("username", "a.username")
          .text("operation", "a.operation")
          .text("resource_type", "a.resource_type")
          .name("resource", "a.resource")
          .truth("operation_result", "a.succeeded")
          .number("project_id", "a.project_id")
          .text("client_address", "a.client_address")
          .build();

  /** Everything that happens, as settings and clients name it. */
  public static final List<String> EVENT_TYPES =
      List.of(
          "create_artifact",
          "delete_artifact",
          "pull_artifact",
          "create_project",
          "delete_project",
          "delete_repository",
          "login_user",
          "logout_user",
          "create_user",
          "delete_user",
          "update_user",
          "create_robot",
          "delete_robot",
          "update_configuration");

  private final Database database;
  private final AuditTable table;
  private final AuditDays days;
  private final AuditNames names;
  private final Authorizer authorizer;
  private final MemberProjects projects;

  AuditLog(
      Database database,
      AuditTable table,
      AuditDays days,
      AuditNames names,
      Authorizer authorizer,
      MemberProjects projects) {
    this.database = database;
    this.table = table;
    this.days = days;
    this.names = names;
    this.authorizer = authorizer;
    this.projects = projects;
  }

  /** One page of entries, and how many there are on all pages. */
  public record Page(List<LoggedEntry> entries, long total) {}

  /** Lists what a caller may see: everything, or what happened in projects whose log is theirs. */
  public Page list(Principal caller, Criteria criteria, long limit, long offset) {
    if (authorizer.system(caller).contains(SystemPermission.AUDIT_LOG_LIST)) {
      return page(Optional.empty(), criteria, limit, offset);
    }
    long[] visible =
        projects.idsWhere(caller, ProjectPermission.LOG_LIST).stream()
            .mapToLong(Long::longValue)
            .toArray();
    return page(Optional.of(visible), criteria, limit, offset);
  }

  /** Lists what happened in one project. */
  public Page list(long projectId, Criteria criteria, long limit, long offset) {
    return page(Optional.of(LongStream.of(projectId).toArray()), criteria, limit, offset);
  }

  private Page page(Optional<long[]> visible, Criteria asked, long limit, long offset) {
    Criteria named = names.resolve(asked);
    Criteria criteria = visible.isPresent() ? within(visible.get(), named) : named;
    long total =
        asked.filters()
            ? database.one(
                "SELECT count(*) FROM audit_log a WHERE true" + criteria.and(),
                row -> row.getLong(1),
                criteria.parameters(List.of()))
            : visible.map(table::totalOf).orElseGet(table::total);
    if (offset >= total) {
      return new Page(List.of(), total);
    }
    boolean byDay = !asked.filters() && order(criteria).equals(NEWEST_FIRST) && offset > FAR_DOWN;
    return new Page(
        byDay ? farDown(visible, criteria, limit, offset) : read(criteria, limit, offset), total);
  }

  /** Begins at the day that the page is in: entries of later ones are counted already. */
  private List<LoggedEntry> farDown(
      Optional<long[]> visible, Criteria criteria, long limit, long offset) {
    return days.holding(visible, offset)
        .map(day ->
            read(criteria.with("a.op_time < ?", day.end()), limit, offset - day.newerEntries()))
        .orElseGet(() -> read(criteria, limit, offset));
  }

  /** The indexes have all that is needed to find which entries are on the page. */
  private List<LoggedEntry> read(Criteria criteria, long limit, long offset) {
    String order = " ORDER BY " + order(criteria);
    return database.list(
        "SELECT a.* FROM (SELECT a.id FROM audit_log a WHERE true"
            + criteria.and()
            + order
            + " LIMIT ? OFFSET ?) page JOIN audit_log a ON a.id = page.id"
            + order,
        AuditLog::entry,
        criteria.parameters(List.of(), limit, offset));
  }

  /** One project is told apart, so that its index serves the order too. */
  private static Criteria within(long[] projects, Criteria criteria) {
    return projects.length == 1
        ? criteria.with("a.project_id = ?", projects[0])
        : criteria.with("a.project_id = ANY (?)", (Object) projects);
  }

  /** None of the columns is ever null, and PostgreSQL finds an index only for its own words. */
  private static String order(Criteria criteria) {
    return criteria.order().replace(" NULLS LAST", "").replace(" NULLS FIRST", "");
  }

  private static LoggedEntry entry(ResultSet row) throws SQLException {
    return new LoggedEntry(
        row.getLong("id"),
        Database.instant(row, "op_time"),
        row.getString("username"),
        row.getString("operation"),
        row.getString("resource_type"),
        row.getString("resource"),
        row.getBoolean("succeeded"),
        new LoggedEntry.Origin(
            row.getString("auth_method"),
            row.getString("client_address"),
            row.getString("user_agent"),
            row.getString("request_id"),
            row.getLong("robot_id"),
            row.getLong("token_id")));
  }
}
