package io.orlop.testsupport;

import static io.orlop.testsupport.Accounts.admin;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What tests of the API make through it. */
public final class Api {
  /** Where the API begins. */
  public static final String BASE = "/api/v2.0";

  private Api() {}

  /** A robot account and its secret. */
  public record Robot(long id, String name, String secret) {
    /** Begins a request of this account. */
    public RequestSpecification request() {
      return as(name, secret);
    }

    /** Returns the account as a client of the registry needs it. */
    public Account account() {
      return new Account(id, name, secret);
    }
  }

  /** A project. */
  public record Project(long id, String name) {}

  /** Begins a request with a password. */
  public static RequestSpecification as(String name, String password) {
    return given().auth().preemptive().basic(name, password);
  }

  /** Returns a name that nothing has. */
  public static String newName(String prefix) {
    return prefix + "-" + UUID.randomUUID();
  }

  /** Makes a project. */
  public static Project newProject(boolean isPublic) {
    String name = newName("p");
    long id =
        idOf(
            post(
                admin(),
                "/projects",
                Map.of(
                    "project_name", name, "metadata", Map.of("public", String.valueOf(isPublic)))));
    return new Project(id, name);
  }

  /** Makes a user a member of a project and returns the membership's id. */
  public static long newMember(Project project, Accounts.Account user, int roleId) {
    return idOf(
        post(
            admin(),
            "/projects/" + project.name() + "/members",
            Map.of("role_id", roleId, "member_user", Map.of("user_id", user.id()))));
  }

  /** Makes a role and returns its id. */
  public static int newRole(List<String> pairs, List<String> repositories) {
    return (int)
        idOf(
            post(
                admin(),
                "/roles",
                Map.of(
                    "name",
                    newName("role"),
                    "permissions",
                    pairs.stream().map(Api::pair).toList(),
                    "repositories",
                    repositories)));
  }

  /** Makes a robot account of a project, with permissions such as {@code repository:pull} there. */
  public static Robot newProjectRobot(Project project, String... pairs) {
    return newRobot("project", List.of(permission("project", project.name(), pairs)));
  }

  /** Makes a robot account of the system. */
  public static Robot newSystemRobot(List<Map<String, Object>> permissions) {
    return newRobot("system", permissions);
  }

  /** Describes a robot account that is to be made. */
  public static Map<String, Object> robot(
      String name, String level, List<Map<String, Object>> permissions) {
    return Map.of("name", name, "level", level, "duration", 30, "permissions", permissions);
  }

  /** Describes what a robot account may do in a namespace. */
  public static Map<String, Object> permission(String kind, String namespace, String... pairs) {
    return Map.of(
        "kind",
        kind,
        "namespace",
        namespace,
        "access",
        List.of(pairs).stream().map(Api::pair).toList());
  }

  /** Sends a POST. */
  public static Response post(RequestSpecification caller, String path, Object body) {
    return caller.contentType(ContentType.JSON).body(body).post(BASE + path);
  }

  /** Sends a PUT. */
  public static Response put(RequestSpecification caller, String path, Object body) {
    return caller.contentType(ContentType.JSON).body(body).put(BASE + path);
  }

  /** Sends a PATCH. */
  public static Response patch(RequestSpecification caller, String path, Object body) {
    return caller.contentType(ContentType.JSON).body(body).patch(BASE + path);
  }

  /** Returns the id of what was just made. */
  public static long idOf(Response created) {
    assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
    String location = created.header("Location");
    return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
  }

  /** Returns what a refusal says. */
  public static String message(Response answer) {
    return answer.jsonPath().getString("errors[0].message");
  }

  /** Returns the code of a refusal. */
  public static String code(Response answer) {
    return answer.jsonPath().getString("errors[0].code");
  }

  private static Robot newRobot(String level, List<Map<String, Object>> permissions) {
    Response created = post(admin(), "/robots", robot(newName("r"), level, permissions));
    return new Robot(
        idOf(created),
        created.jsonPath().getString("name"),
        created.jsonPath().getString("secret"));
  }

  private static Map<String, Object> pair(String pair) {
    String[] words = pair.split(":", 2);
    return Map.of("resource", words[0], "action", words[1]);
  }
}
