package io.orlop.access;

import io.orlop.identity.Principal;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.JointQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what a principal may do. Asked once per request with all projects that the request
 * touches; what it does not allow is denied.
 */
@ApplicationScoped
public class Authorizer {
  private static final String STANDINGS =
      """
      SELECT q.n, p.id, p.name, p.public,
             ARRAY(SELECT m.role FROM project_member m
                    WHERE m.project_id = p.id AND m.user_id = q.user_id
                   UNION
                   SELECT m.role FROM user_group_member g
                     JOIN project_member m ON m.project_id = p.id AND m.group_id = g.group_id
                    WHERE g.user_id = q.user_id),
             ARRAY(SELECT DISTINCT r.resource || ':' || r.action FROM robot_permission r
                    WHERE r.robot_id = q.robot_id AND r.kind = 'project'
                      AND (r.project_id IS NULL OR r.project_id = p.id))
        FROM unnest(?::bigint[], ?::bigint[], %s) WITH ORDINALITY AS q (user_id, robot_id, project, n)
        JOIN project p ON p.%s = q.project
      """
          + Database.ONE_PLAN;

  private static final String BY_NAME = STANDINGS.formatted("?::text[]", "name");
  private static final String BY_ID = STANDINGS.formatted("?::bigint[]", "id");

  private final Database database;
  private final CustomRoles customRoles;
  private final JointQuery<Question<String>, Optional<Standing>> byName;
  private final JointQuery<Question<Long>, Optional<Standing>> byId;

  Authorizer(Database database, CustomRoles customRoles) {
    this.database = database;
    this.customRoles = customRoles;
    this.byName = database.jointly(this::named);
    this.byId = database.jointly(this::identified);
  }

  /**
   * Decides for several projects with one query.
   *
   * @return what is allowed by project name; projects that do not exist are absent
   */
  public Map<String, ProjectAccess> decide(Principal principal, Collection<String> projects) {
    Map<String, ProjectAccess> decisions = new HashMap<>();
    if (projects.size() == 1) {
      String project = projects.iterator().next();
      decide(principal, project).ifPresent(access -> decisions.put(project, access));
    } else if (!projects.isEmpty()) {
      List<Standing> standings =
          named(projects.stream().map(name -> Question.of(principal, name)).toList()).stream()
              .flatMap(Optional::stream)
              .toList();
      Map<Integer, CustomRoles.Definition> custom = custom(standings);
      standings.forEach(
          standing -> decisions.put(standing.name(), Rights.of(principal, standing, custom)));
    }
    return decisions;
  }

  /** Decides for one project; empty if it does not exist. */
  public Optional<ProjectAccess> decide(Principal principal, String project) {
    return byName.ask(Question.of(principal, project)).map(standing -> access(principal, standing));
  }

  /** Decides for one project; empty if it does not exist. */
  public Optional<ProjectAccess> decide(Principal principal, long projectId) {
    return byId.ask(Question.of(principal, projectId)).map(standing -> access(principal, standing));
  }

  /** Decides what may be done to the registry as a whole. */
  public Set<SystemPermission> system(Principal principal) {
    return Rights.ofSystem(principal, this::systemPairs);
  }

  private ProjectAccess access(Principal principal, Standing standing) {
    return Rights.of(principal, standing, custom(List.of(standing)));
  }

  private Map<Integer, CustomRoles.Definition> custom(List<Standing> standings) {
    Set<Integer> ids =
        standings.stream()
            .flatMap(standing -> standing.roles().stream())
            .filter(id -> Role.find(id).isEmpty())
            .collect(Collectors.toSet());
    return ids.isEmpty() ? Map.of() : customRoles.find(ids);
  }

  private Set<String> systemPairs(long robotId) {
    return Set.copyOf(
        database.list(
            """
            SELECT DISTINCT resource || ':' || action FROM robot_permission
             WHERE robot_id = ? AND kind = 'system'
            """,
            row -> row.getString(1),
            robotId));
  }

  private List<Optional<Standing>> named(List<Question<String>> questions) {
    return answer(BY_NAME, questions, questions.stream().map(Question::project).toList());
  }

  private List<Optional<Standing>> identified(List<Question<Long>> questions) {
    return answer(BY_ID, questions, questions.stream().mapToLong(Question::project).toArray());
  }

  private List<Optional<Standing>> answer(
      String sql, List<? extends Question<?>> questions, Object projects) {
    List<Optional<Standing>> answers =
        new ArrayList<>(Collections.nCopies(questions.size(), Optional.empty()));
    database.list(
        sql,
        row -> answers.set(row.getInt(1) - 1, Optional.of(standing(row))),
        questions.stream().mapToLong(Question::userId).toArray(),
        questions.stream().mapToLong(Question::robotId).toArray(),
        projects);
    return answers;
  }

  private static Standing standing(ResultSet row) throws SQLException {
    return new Standing(
        row.getLong(2),
        row.getString(3),
        row.getBoolean(4),
        Stream.of((Integer[]) row.getArray(5).getArray()).toList(),
        Set.of((String[]) row.getArray(6).getArray()));
  }

  /** Who asks, -1 for nobody, and a project by its name or id. */
  private record Question<P>(long userId, long robotId, P project) {
    static <P> Question<P> of(Principal principal, P project) {
      return switch (principal) {
        case Principal.UserPrincipal user -> new Question<>(user.id(), -1, project);
        case Principal.PersonalToken token -> new Question<>(token.user().id(), -1, project);
        case Principal.RobotPrincipal robot -> new Question<>(-1, robot.id(), project);
        case Principal.Anonymous _ -> new Question<>(-1, -1, project);
      };
    }
  }

  /**
   * What the database says of a principal in a project that exists.
   *
   * @param roles the ids of the principal's roles there
   * @param pairs what a robot account was given there
   */
  record Standing(
      long projectId, String name, boolean isPublic, List<Integer> roles, Set<String> pairs) {}
}
