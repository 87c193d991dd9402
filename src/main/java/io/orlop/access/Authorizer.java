package io.orlop.access;

import io.orlop.identity.Principal;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.JointQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what a principal may do. Asked once per request with all projects that the request
 * touches; what it does not allow is denied.
 */
@ApplicationScoped
public class Authorizer {
  private static final Set<Action> ALL = Set.of(Action.values());

  private final Database database;
  private final JointQuery<Question, Optional<Standing>> standings;

  Authorizer(Database database) {
    this.database = database;
    this.standings = database.jointly(this::answer);
  }

  /**
   * Decides for several projects with one query.
   *
   * @return what is allowed by project name; projects that do not exist are absent
   */
  public Map<String, ProjectAccess> decide(Principal principal, Collection<String> projects) {
    Map<String, ProjectAccess> decisions = new HashMap<>();
    if (projects.isEmpty()) {
      return decisions;
    }
    if (projects.size() == 1) {
      String project = projects.iterator().next();
      decide(principal, project).ifPresent(access -> decisions.put(project, access));
      return decisions;
    }
    List<String> names = List.copyOf(projects);
    List<Optional<Standing>> found =
        answer(names.stream().map(name -> new Question(userId(principal), name)).toList());
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      found.get(i).ifPresent(standing -> decisions.put(name, access(principal, standing)));
    }
    return decisions;
  }

  /** Decides for one project; empty if it does not exist. */
  public Optional<ProjectAccess> decide(Principal principal, String project) {
    return standings
        .ask(new Question(userId(principal), project))
        .map(standing -> access(principal, standing));
  }

  private List<Optional<Standing>> answer(List<Question> questions) {
    List<Optional<Standing>> answers =
        new ArrayList<>(Collections.nCopies(questions.size(), Optional.empty()));
    database.list(
        """
        SELECT q.n, p.id, p.public, coalesce(m.role, 0)
          FROM unnest(?::bigint[], ?::text[]) WITH ORDINALITY AS q (user_id, project, n)
          JOIN project p ON p.name = q.project
          LEFT JOIN project_member m ON m.project_id = p.id AND m.user_id = q.user_id
        """,
        row ->
            answers.set(
                row.getInt(1) - 1,
                Optional.of(new Standing(row.getLong(2), row.getBoolean(3), row.getInt(4)))),
        questions.stream().mapToLong(Question::userId).toArray(),
        questions.stream().map(Question::project).toList());
    return answers;
  }

  private static ProjectAccess access(Principal principal, Standing standing) {
    Optional<Role> role =
        standing.role() == 0 ? Optional.empty() : Optional.of(Role.byId(standing.role()));
    boolean administered =
        principal.systemAdministrator() || role.filter(Role.PROJECT_ADMIN::equals).isPresent();
    return new ProjectAccess(
        standing.projectId(), actions(principal, standing.isPublic(), role), role, administered);
  }

  private static Set<Action> actions(Principal principal, boolean isPublic, Optional<Role> role) {
    if (principal.systemAdministrator()) {
      return ALL;
    }
    Set<Action> actions = EnumSet.noneOf(Action.class);
    if (isPublic) {
      actions.add(Action.PULL);
    }
    role.ifPresent(member -> actions.addAll(member.actions()));
    return actions;
  }

  private static long userId(Principal principal) {
    return switch (principal) {
      case Principal.UserPrincipal user -> user.id();
      case Principal.Anonymous _ -> -1;
    };
  }

  /** The user, -1 for nobody, and the name of a project. */
  private record Question(long userId, String project) {}

  /** A project that exists, and the user's role in it, 0 for none. */
  private record Standing(long projectId, boolean isPublic, int role) {}
}
