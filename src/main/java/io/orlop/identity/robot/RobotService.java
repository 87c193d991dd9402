package io.orlop.identity.robot;

import io.orlop.identity.robot.RobotPermission.Kind;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import io.orlop.platform.query.Criteria;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Makes, lists, changes and deletes robot accounts. Who may do so is asked before. */
@ApplicationScoped
public class RobotService {
  private final Database database;
  private final RobotSecrets secrets;

  RobotService(Database database, RobotSecrets secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /** An account that was just made, and its secret, which nobody can read again. */
  public record Created(RobotAccount account, String secret) {}

  /** One page of accounts, and how many there are on all pages. */
  public record Page(List<RobotAccount> robots, long total) {}

  /**
   * Makes an account with a secret of its own.
   *
   * @throws RegistryException CONFLICT if the name is taken, NOT_FOUND if a project has just gone
   */
  @Transactional
  public Created create(NewRobot robot) {
    String name = RobotNames.compose(robot.project(), robot.name());
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try {
      long id = insert(robot, name, now);
      write(id, robot.terms().permissions());
      String secret = secrets.generate(id);
      return new Created(find(id).orElseThrow(), secret);
    } catch (DatabaseException e) {
      throw translated(e, name);
    }
  }

  /** Finds an account by its id. */
  public Optional<RobotAccount> find(long id) {
    return database.first(RobotRows.SELECT + " WHERE r.id = ?", RobotRows::account, id);
  }

  /** Finds an account by its stored name. */
  public Optional<RobotAccount> find(String stored) {
    return database.first(RobotRows.SELECT + " WHERE r.name = ?", RobotRows::account, stored);
  }

  /** Lists accounts that the criteria are for, of those that people made. */
  public Page list(Criteria criteria, long limit, long offset) {
    String where = " WHERE r.visible" + criteria.and();
    long total =
        database.one(
            "SELECT count(*) FROM robot r" + where,
            row -> row.getLong(1),
            criteria.parameters(List.of()));
    List<RobotAccount> page =
        database.list(
            RobotRows.SELECT + where + " ORDER BY " + criteria.order() + " LIMIT ? OFFSET ?",
            RobotRows::account,
            criteria.parameters(List.of(), limit, offset));
    return new Page(page, total);
  }

  /**
   * Changes an account, all of it.
   *
   * @throws RegistryException NOT_FOUND if it, or a project that it is to work in, has just gone
   */
  @Transactional
  public void update(RobotAccount robot, NewRobot.Terms terms) {
    try {
      int found =
          database.update(
              """
              UPDATE robot SET description = ?, duration = ?, expires_at = ?, disabled = ?,
                     addresses = ?, updated_at = ?,
                     expiry_announced_at = CASE WHEN duration = ? THEN expiry_announced_at END
               WHERE id = ?
              """,
              terms.description(),
              terms.durationDays(),
              RobotAccount.end(robot.createdAt(), terms.durationDays()),
              terms.disabled(),
              terms.addresses(),
              Instant.now(),
              terms.durationDays(),
              robot.id());
      if (found == 0) {
        throw unknown(robot.id());
      }
      database.update("DELETE FROM robot_permission WHERE robot_id = ?", robot.id());
      write(robot.id(), terms.permissions());
    } catch (DatabaseException e) {
      throw translated(e, robot.name());
    }
  }

  /**
   * Deletes an account: it is refused from then on.
   *
   * @throws RegistryException NOT_FOUND if it is gone already
   */
  @Transactional
  public void delete(long id) {
    if (database.update("DELETE FROM robot WHERE id = ?", id) == 0) {
      throw unknown(id);
    }
  }

  /** Says that there is no such account. */
  public static RegistryException unknown(long id) {
    return ErrorCode.NOT_FOUND.exception("robot " + id + " not found");
  }

  private long insert(NewRobot robot, String name, Instant now) {
    return database.one(
        """
        INSERT INTO robot (name, project_id, description, duration, expires_at, disabled, addresses,
                           creator_type, creator_ref, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
        """,
        row -> row.getLong(1),
        name,
        robot.projectId(),
        robot.terms().description(),
        robot.terms().durationDays(),
        RobotAccount.end(now, robot.terms().durationDays()),
        robot.terms().disabled(),
        robot.terms().addresses(),
        robot.creatorType(),
        robot.creatorRef(),
        now,
        now);
  }

  private void write(long id, List<RobotPermission> permissions) {
    database.update(
        """
        INSERT INTO robot_permission
          (robot_id, position, entry, kind, project_id, resource, action, effect)
        SELECT ?, q.n, q.entry, q.kind, nullif(q.project, 0), q.resource, q.action, q.effect
          FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[])
               WITH ORDINALITY AS q (entry, kind, project, resource, action, effect, n)
        """,
        id,
        permissions.stream().mapToLong(RobotPermission::entry).toArray(),
        permissions.stream().map(RobotPermission::kind).map(Kind::wireName).toList(),
        permissions.stream().mapToLong(RobotService::project).toArray(),
        permissions.stream().map(RobotPermission::resource).toList(),
        permissions.stream().map(RobotPermission::action).toList(),
        permissions.stream().map(RobotPermission::effect).toList());
  }

  private static long project(RobotPermission permission) {
    return permission.projectId() == null ? 0 : permission.projectId();
  }

  private static RuntimeException translated(DatabaseException failure, String name) {
    return switch (failure.kind()) {
      case UNIQUE_VIOLATION ->
          ErrorCode.CONFLICT.exception("robot " + name + " already exists").causedBy(failure);
      case FOREIGN_KEY_VIOLATION ->
          ErrorCode.NOT_FOUND
              .exception("a project of robot " + name + " not found")
              .causedBy(failure);
      case CONFLICT, UNAVAILABLE, INVALID_TEXT, OTHER -> failure;
    };
  }
}
