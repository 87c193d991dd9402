package io.orlop.notify.audit;

import io.orlop.access.Authorizer;
import io.orlop.access.MemberProjects;
import io.orlop.access.ProjectPermission;
import io.orlop.access.SystemPermission;
import io.orlop.identity.Principal;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.query.Criteria;
import io.orlop.platform.query.Listing;
import io.orlop.platform.query.Slice;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Reads the log. */
@ApplicationScoped
public class AuditLog {
  private static final String NEWEST_FIRST = "a.op_time DESC, a.id DESC";

  /** So many entries are passed over as quickly as the days are counted. */
  private static final long FAR_DOWN = 200;

  /** The entries of so many projects are merged; those of more are picked from among all. */
  private static final int FEW_PROJECTS = 100;

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
      return page(Optional.empty(), criteria, new Slice(limit, offset));
    }
    long[] visible =
        projects.idsWhere(caller, ProjectPermission.LOG_LIST).stream()
            .mapToLong(Long::longValue)
            .toArray();
    return page(Optional.of(visible), criteria, new Slice(limit, offset));
  }

  /** Lists what happened in one project. */
  public Page list(long projectId, Criteria criteria, long limit, long offset) {
    return page(
        Optional.of(LongStream.of(projectId).toArray()), criteria, new Slice(limit, offset));
  }

  /** Lists what happened in some projects; where none are given, in all of them and the system. */
  Page page(Optional<long[]> visible, Criteria asked, Slice slice) {
    if (!asked.filters() && order(asked).equals(NEWEST_FIRST)) {
      return newest(visible, slice);
    }
    Criteria named = names.resolve(asked);
    Criteria criteria = visible.isPresent() ? within(visible.get(), named) : named;
    long total =
        asked.filters()
            ? database.one(
                "SELECT count(*) FROM audit_log a WHERE true" + criteria.and(),
                row -> row.getLong(1),
                criteria.parameters(List.of()))
            : total(visible);
    return new Page(slice.offset() >= total ? List.of() : read(criteria, slice), total);
  }

  /**
   * Reads a page of the plain list. One far down begins at the day that it is in: entries of later
   * ones are counted already.
   */
  private Page newest(Optional<long[]> visible, Slice slice) {
    Optional<AuditDays.Day> day =
        slice.offset() > FAR_DOWN ? days.holding(visible, slice.offset()) : Optional.empty();
    long total = day.map(AuditDays.Day::allEntries).orElseGet(() -> total(visible));
    if (slice.offset() >= total) {
      return new Page(List.of(), total);
    }
    Slice rest =
        new Slice(slice.limit(), slice.offset() - day.map(AuditDays.Day::newerEntries).orElse(0L));
    Criteria older = day.map(its -> before(its.end())).orElseGet(() -> LISTING.read(null, null));
    if (visible.isEmpty()) {
      return new Page(ofAll(day, rest).orElseGet(() -> read(older, rest)), total);
    }
    long[] projects = visible.get();
    boolean few = projects.length > 1 && projects.length <= FEW_PROJECTS;
    return new Page(
        few ? merged(projects, older, rest) : read(within(projects, older), rest), total);
  }

  /** On a day with many entries, those of later minutes and seconds are counted already, too. */
  private Optional<List<LoggedEntry>> ofAll(Optional<AuditDays.Day> day, Slice rest) {
    return day.filter(_ -> rest.offset() > FAR_DOWN)
        .flatMap(its -> days.spanHolding(its, rest.offset()))
        .map(span ->
            read(before(span.end()), new Slice(rest.limit(), rest.offset() - span.newerEntries())));
  }

  private static Criteria before(Instant end) {
    return LISTING.read(null, null).with("a.op_time < ?", end);
  }

  private long total(Optional<long[]> visible) {
    return visible.map(table::totalOf).orElseGet(table::total);
  }

  /** The indexes have all that is needed to find which entries are on the page. */
  private List<LoggedEntry> read(Criteria criteria, Slice slice) {
    return entries(
        "SELECT a.id FROM audit_log a WHERE true"
            + criteria.and()
            + " ORDER BY "
            + order(criteria)
            + slice.sql(),
        order(criteria),
        criteria.parameters(List.of(), slice.parameters()));
  }

  /** Takes the newest entries of each project from the index that has them in order. */
  private List<LoggedEntry> merged(long[] projects, Criteria criteria, Slice slice) {
    boolean everything = slice.limit() > Long.MAX_VALUE - slice.offset();
    long most = everything ? Long.MAX_VALUE : slice.limit() + slice.offset();
    List<Object> parameters =
        new ArrayList<>(List.of(criteria.parameters(List.of((Object) projects), most)));
    parameters.addAll(List.of(slice.parameters()));
    return entries(
        "SELECT n.id FROM unnest(?::bigint[]) AS p (id), LATERAL (SELECT a.op_time, a.id"
            + " FROM audit_log a WHERE a.project_id = p.id"
            + criteria.and()
            + " ORDER BY "
            + NEWEST_FIRST
            + " LIMIT ?) n ORDER BY n.op_time DESC, n.id DESC"
            + slice.sql(),
        NEWEST_FIRST,
        parameters.toArray());
  }

  private List<LoggedEntry> entries(String ids, String order, Object... parameters) {
    return database.list(
        "SELECT a.* FROM audit_log a WHERE a.id = ANY (ARRAY(" + ids + ")) ORDER BY " + order,
        AuditLog::entry,
        parameters);
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
