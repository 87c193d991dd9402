package io.orlop.security;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static io.orlop.testsupport.Api.newMember;
import static io.orlop.testsupport.Api.newProjectRobot;
import static io.orlop.testsupport.Api.newSystemRobot;
import static io.orlop.testsupport.Api.permission;

import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.Accounts.Account;
import io.orlop.testsupport.Api;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A project with members of all kinds, at which operations are tried. */
final class SecurityScene {
  /** The repository that the custom role reaches. */
  static final String INSIDE = "team/app";

  /** One that it does not reach. */
  static final String OUTSIDE = "other";

  private static final String NO_ID = "987654321";
  private static final String NO_DIGEST = "sha256:" + "0".repeat(64);

  private final SecurityTable table;
  private final Api.Project project;
  private final boolean isPublic;
  private final Map<Caller, Account> people = new EnumMap<>(Caller.class);
  private final Map<String, Api.Robot> holders = new HashMap<>();
  private final Api.Robot unrelated;

  SecurityScene(SecurityTable table, Accounts accounts, boolean isPublic) {
    this.table = table;
    this.isPublic = isPublic;
    this.project = Api.newProject(isPublic);
    for (Caller caller : Caller.values()) {
      if (caller.roleId() > 0) {
        Account member = accounts.newcomer();
        newMember(project, member, caller.roleId());
        people.put(caller, member);
      }
    }
    Account custom = accounts.newcomer();
    newMember(project, custom, Api.newRole(SecurityTable.OF_CUSTOM_ROLE, List.of("team/**")));
    people.put(Caller.CUSTOM_INSIDE, custom);
    people.put(Caller.CUSTOM_OUTSIDE, custom);
    people.put(Caller.STRANGER, accounts.newcomer());
    people.put(Caller.AUDITOR, accounts.auditor());
    this.unrelated = newProjectRobot(project, "export-cve:read");
  }

  boolean isPublic() {
    return isPublic;
  }

  String repository(String path) {
    return project.name() + "/" + path;
  }

  /** Returns the id of the project. */
  long projectId() {
    return project.id();
  }

  /**
   * Makes what an operation needs before it can be tried.
   *
   * @return the number of what it is to be tried at
   */
  String prepare(Operation operation) {
    if (table.isForRobots(operation)) {
      holders.computeIfAbsent(keyOf(operation), _ -> holder(operation));
    }
    return operation.path().contains("{robot_id}")
        ? Long.toString(newProjectRobot(project, "tag:list").id())
        : NO_ID;
  }

  /** Tries an operation. */
  Response attempt(Operation operation, Caller caller, String target) {
    String path = caller == Caller.CUSTOM_OUTSIDE ? OUTSIDE : INSIDE;
    RequestSpecification request = request(operation, caller, path).urlEncodingEnabled(false);
    RequestSpecification complete =
        operation.changes() && !operation.method().equals("DELETE")
            ? request.contentType(ContentType.JSON).body("{}")
            : request;
    return complete.request(operation.method(), filled(operation, path, target));
  }

  private RequestSpecification request(Operation operation, Caller caller, String path) {
    return switch (caller) {
      case ANONYMOUS ->
          operation.isOfRegistry()
              ? anonymous().header("Authorization", bearer(path))
              : anonymous();
      case ADMINISTRATOR -> admin();
      case ROBOT_WITHOUT_THE_RIGHT -> unrelated.request();
      case ROBOT_WITH_THE_RIGHT -> Objects.requireNonNull(holders.get(keyOf(operation))).request();
      case STRANGER,
          PROJECT_ADMINISTRATOR,
          MAINTAINER,
          DEVELOPER,
          GUEST,
          LIMITED_GUEST,
          CUSTOM_INSIDE,
          CUSTOM_OUTSIDE,
          AUDITOR ->
          Objects.requireNonNull(people.get(caller)).request();
    };
  }

  private static String keyOf(Operation operation) {
    return operation.rule().equals("system") + operation.pair();
  }

  private Api.Robot holder(Operation operation) {
    return newSystemRobot(
        List.of(
            operation.rule().equals("system")
                ? permission("system", "/", operation.pair())
                : permission("project", project.name(), operation.pair())));
  }

  private String bearer(String path) {
    return "Bearer "
        + anonymous()
            .queryParam("service", "harbor-registry")
            .queryParam("scope", "repository:" + repository(path) + ":pull,push,delete")
            .get("/service/token")
            .jsonPath()
            .getString("token");
  }

  private String filled(Operation operation, String path, String target) {
    return operation
        .path()
        .replace("{project_name_or_id}", project.name())
        .replace("{project_name}", project.name())
        .replace("{repository_name}", path.replace("/", "%252F"))
        .replace("{name}", repository(path))
        .replace("{digest}", NO_DIGEST)
        .replace("{reference}", NO_DIGEST)
        .replace("{meta_name}", "severity")
        .replace("{addition}", "build_history")
        .replace("{tag_name}", "none")
        .replace("{robot_id}", target)
        .replaceAll("\\{[a-z_]+}", NO_ID);
  }
}
