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
  /** What lists of entries can be restricted to and sorted by. */
  public static final Listing LISTING =
      Listing.orderedBy("a.op_time DESC, a.id DESC", "a.id DESC")
          .number("id", "a.id")
          .time("op_time", "a.op_time")
          .text("username", "a.username")
          .text("operation", "a.operation")
          .text("resource_type", "a.resource_type")
          .text("resource", "a.resource")
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
  private final Authorizer authorizer;
  private final MemberProjects projects;

  AuditLog(Database database, AuditTable table, Authorizer authorizer, MemberProjects projects) {
    this.database = database;
    this.table = table;
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
    Criteria criteria = visible.isPresent() ? within(visible.get(), asked) : asked;
    String where = " FROM audit_log a WHERE true" + criteria.and();
    List<LoggedEntry> entries =
        database.list(
            "SELECT a.*" + where + " ORDER BY " + order(criteria) + " LIMIT ? OFFSET ?",
            AuditLog::entry,
            criteria.parameters(List.of(), limit, offset));
    long total =
        asked.filters()
            ? database.one(
                "SELECT count(*)" + where, row -> row.getLong(1), criteria.parameters(List.of()))
            : visible.map(table::totalOf).orElseGet(table::total);
    return new Page(entries, total);
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
