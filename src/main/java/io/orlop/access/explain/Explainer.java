package io.orlop.access.explain;

import io.orlop.access.Authorizer;
import io.orlop.access.ProjectAccess;
import io.orlop.access.ProjectPermission;
import io.orlop.access.SystemPermission;
import io.orlop.access.explain.Explanation.Reason;
import io.orlop.identity.Principal;
import io.orlop.identity.robot.RobotAccount;
import io.orlop.identity.robot.RobotPermission;
import io.orlop.identity.robot.RobotService;
import io.orlop.oci.InvalidNameException;
import io.orlop.oci.RepositoryName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about rights. Whether something is allowed is always the {@link Authorizer}'s
 * answer; this only finds out what it was made of.
 */
@ApplicationScoped
public class Explainer {
  private static final String ADMINISTRATOR = "system_administrator";
  private static final String AUDITOR = "auditor";

  private final Authorizer authorizer;
  private final RobotService robots;
  private final RoleReasons roles;

  Explainer(Authorizer authorizer, RobotService robots, RoleReasons roles) {
    this.authorizer = authorizer;
    this.robots = robots;
    this.roles = roles;
  }

  /**
   * Answers a question. A project that does not exist is one where nothing is allowed: to strangers
   * it looks like a private one.
   */
  public Explanation explain(Principal who, Question question) {
    return switch (question) {
      case Question.OfSystem system -> ofSystem(who, system.permission());
      case Question.OfProject project -> ofProject(who, project);
    };
  }

  private Explanation ofSystem(Principal who, SystemPermission permission) {
    boolean allowed = authorizer.system(who).contains(permission);
    List<Reason> reasons = new ArrayList<>(ofFlags(who, permission.reads()));
    String pair = permission.resource() + ":" + permission.action();
    granted(who, RobotPermission.Kind.SYSTEM, null, pair)
        .forEach(_ -> reasons.add(Reason.of("robot_permission", "was given " + pair)));
    if (allowed) {
      return new Explanation(true, reasons, List.of());
    }
    List<Reason> remedies = new ArrayList<>();
    if (who instanceof Principal.RobotPrincipal) {
      if (permission.forRobots()) {
        remedies.add(Reason.of("robot_permission", pair + " of kind system"));
      }
    } else {
      remedies.addAll(anyone(permission.reads()));
    }
    remedies.addAll(ofToken(who, reasons));
    return new Explanation(false, List.of(), remedies);
  }

  private Explanation ofProject(Principal who, Question.OfProject question) {
    return find(who, question.project())
        .map(access -> inProject(who, question, access))
        .orElseGet(() -> new Explanation(false, List.of(), remedies(who, question, List.of())));
  }

  private Explanation inProject(Principal who, Question.OfProject question, ProjectAccess access) {
    ProjectPermission permission = question.permission();
    boolean allowed = allows(access, question);
    List<Reason> reasons =
        new ArrayList<>(
            ofFlags(who, permission.reads() && permission != ProjectPermission.REPOSITORY_PULL));
    reasons.addAll(roles.held(who, access.projectId(), question));
    if (find(Principal.ANONYMOUS, question.project())
        .filter(everybody -> everybody.allows(permission))
        .isPresent()) {
      reasons.add(Reason.of("public", "the project is public"));
    }
    granted(who, RobotPermission.Kind.PROJECT, access.projectId(), permission.pair())
        .forEach(grant ->
            reasons.add(
                Reason.of(
                    "robot_permission", "was given " + grant.pair() + " in " + namespace(grant))));
    if (allowed) {
      return new Explanation(true, reasons, List.of());
    }
    return new Explanation(false, List.of(), remedies(who, question, reasons));
  }

  private List<Reason> remedies(Principal who, Question.OfProject question, List<Reason> reasons) {
    List<Reason> remedies = new ArrayList<>();
    if (who instanceof Principal.RobotPrincipal) {
      if (question.permission().forRobots()) {
        remedies.add(
            Reason.of(
                "robot_permission",
                question.permission().pair() + " in " + question.project() + " or *"));
      }
    } else {
      remedies.addAll(roles.giving(question));
      remedies.add(Reason.of(ADMINISTRATOR, "to be a system administrator"));
    }
    remedies.addAll(ofToken(who, reasons));
    return remedies;
  }

  private Optional<ProjectAccess> find(Principal who, String project) {
    return project.matches("[0-9]{1,18}")
        ? authorizer.decide(who, Long.parseLong(project))
        : authorizer.decide(who, project);
  }

  private static boolean allows(ProjectAccess access, Question.OfProject question) {
    if (question.repository().isEmpty()) {
      return access.allowsSomewhere(question.permission());
    }
    try {
      return access.allows(
          question.permission(), new RepositoryName(access.name() + "/" + question.repository()));
    } catch (InvalidNameException e) {
      return access.allows(question.permission());
    }
  }

  private static List<Reason> ofFlags(Principal who, boolean auditorsToo) {
    Optional<Principal.UserPrincipal> user = RoleReasons.userOf(who);
    List<Reason> reasons = new ArrayList<>();
    if (user.filter(Principal.UserPrincipal::systemAdministrator).isPresent()) {
      reasons.add(Reason.of(ADMINISTRATOR, "is a system administrator"));
    }
    if (auditorsToo && user.filter(Principal.UserPrincipal::auditor).isPresent()) {
      reasons.add(Reason.of(AUDITOR, "is an auditor, who may read everything but pull nothing"));
    }
    return reasons;
  }

  private static List<Reason> anyone(boolean auditorsToo) {
    List<Reason> remedies = new ArrayList<>();
    remedies.add(Reason.of(ADMINISTRATOR, "to be a system administrator"));
    if (auditorsToo) {
      remedies.add(Reason.of(AUDITOR, "to be an auditor"));
    }
    return remedies;
  }

  /** What somebody may do, but not with the token that he came with. */
  private static List<Reason> ofToken(Principal who, List<Reason> reasons) {
    return who instanceof Principal.PersonalToken && !reasons.isEmpty()
        ? List.of(Reason.of("token", "a token with a wider scope, or the password"))
        : List.of();
  }

  private List<RobotPermission> granted(
      Principal who, RobotPermission.Kind kind, @Nullable Long projectId, String pair) {
    if (!(who instanceof Principal.RobotPrincipal robot)) {
      return List.of();
    }
    String[] words = pair.split(":", 2);
    RobotPermission wanted = new RobotPermission(0, kind, projectId, "", words[0], words[1], "");
    return robots.find(robot.id()).map(RobotAccount::permissions).orElse(List.of()).stream()
        .filter(held -> held.covers(wanted))
        .toList();
  }

  private static String namespace(RobotPermission grant) {
    return grant.projectId() == null ? "all projects" : grant.project();
  }
}
