package io.orlop.api.audit;

import static io.orlop.testsupport.Accounts.admin;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.access.Role;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.TestRegistry;
import io.orlop.testsupport.TestRegistry.NewProject;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What people sign in with and which groups they are in: who changed it is told, never the secret.
 */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class SecretsAndGroupsAuditTest {
  private static final String API = "/api/v2.0";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject TestRegistry registry;

  private static RequestSpecification as(Account account) {
    return given().auth().preemptive().basic(account.name(), account.password());
  }

  private static Response sent(RequestSpecification caller, String path, Object body) {
    Response answer = caller.contentType("application/json").body(body).post(API + path);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
    return answer;
  }

  private static long idAtEndOf(Response created) {
    String location = created.header("Location");
    return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
  }

  private static String log(String log, String type, String resource) {
    return admin()
        .queryParam("sort", "id")
        .queryParam("q", "resource_type=" + type + ",resource=" + resource)
        .get(API + log)
        .asString();
  }

  private static List<String> told(String log, String type, String resource) {
    return JsonPath.from(log(log, type, resource)).<Map<String, Object>>getList("$").stream()
        .map(entry -> entry.get("operation") + " by " + entry.get("username"))
        .toList();
  }

  private static void awaitTold(String type, String resource, String... expected) {
    awaitToldIn("/auditlog-exts", type, resource, expected);
  }

  private static void awaitToldIn(String log, String type, String resource, String... expected) {
    await().atMost(PATIENCE).until(() -> told(log, type, resource).size() >= expected.length);
    assertThat(told(log, type, resource)).containsExactly(expected);
  }

  @Test
  void secretsOfRobotsAreToldInTheLogOfTheirProject() {
    NewProject project = registry.newPrivateProject();
    Account owner = registry.newMember(project, Role.PROJECT_ADMIN);
    long robot =
        sent(
                as(owner),
                "/robots",
                Map.of(
                    "name",
                    "ci",
                    "level",
                    "project",
                    "duration",
                    -1,
                    "permissions",
                    List.of(
                        Map.of(
                            "kind",
                            "project",
                            "namespace",
                            project.name(),
                            "access",
                            List.of(Map.of("resource", "repository", "action", "pull"))))))
            .jsonPath()
            .getLong("id");
    String secrets = "/robots/" + robot + "/secrets";
    Response made = sent(as(owner), secrets, Map.of("overlap", 600));
    long secret = made.jsonPath().getLong("id");
    as(owner).delete(API + secrets + "/" + secret).then().statusCode(200);
    as(owner).delete(API + secrets + "/" + secret).then().statusCode(404);

    String resource = project.name() + "+ci:" + secret;
    String log = "/projects/" + project.name() + "/auditlog-exts";
    awaitToldIn(
        log, "robot_secret", resource, "create by " + owner.name(), "delete by " + owner.name());
    assertThat(log(log, "robot_secret", resource))
        .doesNotContain(made.jsonPath().getString("secret"));
  }

  @Test
  void groupsAndTheirMembersAreTold() {
    String name = registry.newName("group");
    Account member = registry.newUser();
    long group =
        idAtEndOf(sent(admin(), "/usergroups", Map.of("group_name", name, "group_type", 2)));
    String path = "/usergroups/" + group;
    sent(admin(), path + "/members", Map.of("username", member.name()));
    admin().delete(API + path + "/members/" + member.id()).then().statusCode(200);
    String other = registry.newName("group");
    admin()
        .contentType("application/json")
        .body(Map.of("group_name", other, "group_type", 2))
        .put(API + path)
        .then()
        .statusCode(200);
    admin().delete(API + path).then().statusCode(200);
    admin().delete(API + path).then().statusCode(404);

    awaitTold("usergroup", name, "create by admin", "update by admin", "update by admin");
    awaitTold("usergroup", other, "update by admin", "delete by admin");
  }

  @Test
  void personalTokensAreTold() {
    Account owner = registry.newUser();
    Response made =
        sent(
            as(owner),
            "/users/current/tokens",
            Map.of("name", "laptop", "scope", Map.of("level", "read")));
    long id = made.jsonPath().getLong("id");
    as(owner).delete(API + "/users/current/tokens/" + id).then().statusCode(200);
    as(owner).delete(API + "/users/current/tokens/" + id).then().statusCode(404);

    String resource = owner.name() + ":laptop";
    awaitTold("token", resource, "create by " + owner.name(), "delete by " + owner.name());
    assertThat(log("/auditlog-exts", "token", resource))
        .doesNotContain(made.jsonPath().getString("token"));
  }

  @Test
  void anotherSecretForTheCommandLineIsAChangeOfItsOwner() {
    Account owner = registry.newUser();
    setAuthMode("oidc_auth");
    try {
      as(owner)
          .contentType("application/json")
          .body(Map.of("secret", "Chosen-secret-1"))
          .put(API + "/users/" + owner.id() + "/cli_secret")
          .then()
          .statusCode(200);
    } finally {
      setAuthMode("db_auth");
    }

    await().atMost(PATIENCE).until(() -> updates(owner).contains("update by " + owner.name()));
    assertThat(log("/auditlog-exts", "user", owner.name())).doesNotContain("Chosen-secret-1");
  }

  private static List<String> updates(Account owner) {
    return told("/auditlog-exts", "user", owner.name());
  }

  @Test
  void theAllowlistOfTheSystemIsTold() {
    List<String> before = told("/auditlog-exts", "cve_allowlist", "system");
    admin()
        .contentType("application/json")
        .body(Map.of("items", List.of()))
        .put(API + "/system/CVEAllowlist")
        .then()
        .statusCode(200);

    await()
        .atMost(PATIENCE)
        .until(() -> told("/auditlog-exts", "cve_allowlist", "system").size() > before.size());
    assertThat(told("/auditlog-exts", "cve_allowlist", "system").getLast())
        .isEqualTo("update by admin");
  }

  private static void setAuthMode(String mode) {
    admin()
        .contentType("application/json")
        .body(Map.of("auth_mode", mode))
        .put(API + "/configurations")
        .then()
        .statusCode(200);
  }
}
