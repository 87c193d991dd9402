package io.orlop.api.audit;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.orlop.access.Role;
import io.orlop.oci.Digest;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.orlop.testsupport.TestRegistry.NewProject;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class AuditApiTest {
  private static final String EXTS = "/api/v2.0/auditlog-exts";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject TestRegistry registry;

  private NewProject project;
  private Account owner;
  private RepositoryClient repository;

  @BeforeEach
  void makeAProject() {
    project = registry.newPrivateProject();
    owner = registry.newMember(project, Role.PROJECT_ADMIN);
    repository = registry.as(owner).repository(project.name() + "/app");
  }

  @AfterEach
  void setEverythingBack() {
    set(
        Map.of(
            "pull_audit_log_disable", false,
            "disabled_audit_log_event_types", "",
            "skip_audit_log_database", false));
    set(Map.of("audit_log_forward_endpoint", ""));
  }

  private static void set(Map<String, Object> values) {
    Response answer =
        admin().contentType("application/json").body(values).put("/api/v2.0/configurations");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private static RequestSpecification as(Account account) {
    return given().auth().preemptive().basic(account.name(), account.password());
  }

  private String projectLog() {
    return "/api/v2.0/projects/" + project.name() + "/auditlog-exts";
  }

  private static List<Map<String, Object>> entries(RequestSpecification caller, String path) {
    return caller.get(path).then().statusCode(200).extract().path("$");
  }

  /** The operations on artifacts and tags of the project, the oldest first. */
  private List<String> operations() {
    return entries(as(owner), projectLog() + "?sort=id&page_size=100").stream()
        .filter(entry -> !"project".equals(entry.get("resource_type")))
        .map(entry ->
            entry.get("operation") + " " + entry.get("resource_type") + " " + entry.get("resource"))
        .toList();
  }

  private void awaitOperations(String... expected) {
    await().atMost(PATIENCE).until(() -> operations().size() >= expected.length);
    assertThat(operations()).containsExactly(expected);
  }

  @Test
  void pushesPullsAndDeletesAreLoggedInHarborsWords() {
    String name = repository.name();
    Digest digest = repository.pushImage("v1");
    repository.getManifest("v1").expect(200);
    repository.getManifest(digest).expect(200);
    repository.headManifest("v1").expect(200);
    repository.request("GET", "/manifests/v1").header("If-None-Match", "\"" + digest + "\"").send();
    repository.getManifest("v9").expect(404);
    repository.deleteManifest("v1").expect(202);
    repository.deleteManifest(digest).expect(202);

    awaitOperations(
        "create artifact " + name + ":v1",
        "pull artifact " + name + ":v1",
        "pull artifact " + name + "@" + digest,
        "delete tag " + name + ":v1",
        "delete artifact " + name + "@" + digest);
  }

  @Test
  void entriesSayWhoDidItAndHowTheRequestCame() {
    repository.pushImage("v1");
    String token = registry.as(owner).token("repository:" + repository.name() + ":pull");
    registry
        .anonymous()
        .bearer(token)
        .repository(repository.name())
        .request("GET", "/manifests/v1")
        .header("User-Agent", "some/1.0")
        .header("X-Request-ID", "request-of-" + project.name())
        .send()
        .expect(200);

    await().atMost(PATIENCE).until(() -> operations().size() == 2);
    Map<String, Object> pull = entries(as(owner), projectLog() + "?q=operation=pull").getFirst();
    assertThat(pull)
        .containsEntry("username", owner.name())
        .containsEntry("resource_type", "artifact")
        .containsEntry("operation_description", "pull artifact: " + repository.name() + ":v1")
        .containsEntry("operation_result", true)
        .containsEntry("auth_method", "token")
        .containsEntry("client_address", "127.0.0.1")
        .containsEntry("user_agent", "some/1.0")
        .containsEntry("request_id", "request-of-" + project.name())
        .containsKeys("id", "op_time")
        .doesNotContainKeys("robot_id", "token_id");
    Map<String, Object> push = entries(as(owner), projectLog() + "?q=operation=create").getFirst();
    assertThat(push).containsEntry("auth_method", "password");
  }

  @Test
  void pullsOfNobodyAreAnonymous() {
    NewProject open = registry.newPublicProject();
    Account admin = registry.newMember(open, Role.PROJECT_ADMIN);
    registry.as(admin).repository(open.name() + "/app").pushImage("v1");
    String token = registry.anonymous().token("repository:" + open.name() + "/app:pull");
    registry.anonymous().bearer(token).repository(open.name() + "/app").getManifest("v1");

    String pulls = "/api/v2.0/projects/" + open.name() + "/auditlog-exts?q=operation=pull";
    await().atMost(PATIENCE).until(() -> !entries(as(admin), pulls).isEmpty());
    assertThat(entries(as(admin), pulls).getFirst())
        .containsEntry("username", "anonymous")
        .containsEntry("auth_method", "anonymous");
  }

  @Test
  void everybodySeesTheLogOfProjectsThatAreTheirs() {
    repository.pushImage("v1");
    Account developer = registry.newMember(project, Role.DEVELOPER);
    Account stranger = registry.newUser();

    assertThat(anonymous().get(EXTS).statusCode()).isEqualTo(401);
    assertThat(anonymous().get(projectLog()).statusCode()).isEqualTo(401);
    assertThat(as(developer).get(projectLog()).statusCode()).isEqualTo(403);
    assertThat(as(stranger).get("/api/v2.0/projects/no-such/logs").statusCode()).isEqualTo(403);
    assertThat(admin().get("/api/v2.0/projects/no-such/logs").statusCode()).isEqualTo(404);
    assertThat(entries(as(developer), EXTS)).isEmpty();
    assertThat(entries(as(stranger), "/api/v2.0/audit-logs")).isEmpty();
    assertThat(as(stranger).get(EXTS).header("X-Total-Count")).isEqualTo("0");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(entries(as(owner), EXTS))
                .extracting(entry -> entry.get("resource"))
                .contains(repository.name() + ":v1")
                .allSatisfy(resource -> assertThat((String) resource).startsWith(project.name())));
    assertThat(entries(admin(), EXTS + "?q=resource=" + repository.name() + ":v1")).hasSize(1);
  }

  @Test
  void listsArePagedSortedAndFiltered() {
    repository.pushImage("v1");
    for (int pull = 0; pull < 4; pull++) {
      repository.getManifest("v1").expect(200);
    }
    await().atMost(PATIENCE).until(() -> operations().size() == 5);

    Response first = as(owner).get(projectLog() + "?q=operation=pull&page_size=3");
    assertThat(first.header("X-Total-Count")).isEqualTo("4");
    assertThat(first.header("Link")).contains("page=2").contains("rel=\"next\"");
    assertThat(first.jsonPath().getList("$")).hasSize(3);
    assertThat(entries(as(owner), projectLog() + "?q=operation=pull&page=2&page_size=3"))
        .hasSize(1);
    assertThat(entries(as(owner), projectLog() + "?page=99")).isEmpty();
    Response all = as(owner).get(projectLog() + "?page_size=0");
    assertThat(all.header("X-Total-Count"))
        .isEqualTo(Integer.toString(all.jsonPath().getList("$").size()));
    List<String> down = all.jsonPath().getList("op_time");
    assertThat(down).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(
            as(owner)
                .get(projectLog() + "?sort=op_time")
                .jsonPath()
                .getList("op_time", String.class))
        .isSorted();
    assertThat(
            entries(
                as(owner).queryParam("q", "resource=~APP:V1,operation={create pull}"),
                projectLog()))
        .hasSize(5);
    assertThat(entries(as(owner), projectLog() + "?q=op_time=[2000-01-01T00:00:00~]")).isNotEmpty();
    assertThat(entries(as(owner), projectLog() + "?q=op_time=[~2000-01-01T00:00:00]")).isEmpty();
    assertThat(entries(as(owner), projectLog() + "?q=operation_result=false")).isEmpty();
    assertThat(entries(as(owner), projectLog() + "?q=no_such=1&sort=no_such")).isNotEmpty();
    assertThat(as(owner).get(projectLog() + "?q=operation").statusCode()).isEqualTo(400);
    assertThat(as(owner).get(projectLog() + "?q=id=x").statusCode()).isEqualTo(400);
    assertThat(as(owner).get(projectLog() + "?page_size=101").statusCode()).isEqualTo(422);
  }

  @Test
  void theOlderShapeShowsTheSameEntries() {
    repository.pushImage("v1");
    await().atMost(PATIENCE).until(() -> operations().size() == 1);

    List<Map<String, Object>> old =
        entries(as(owner), "/api/v2.0/projects/" + project.name() + "/logs");
    assertThat(old.getFirst())
        .containsOnlyKeys("id", "username", "resource", "resource_type", "operation", "op_time")
        .containsEntry("resource", repository.name() + ":v1");
    assertThat(entries(as(owner), "/api/v2.0/audit-logs")).isEqualTo(old);
  }

  @Test
  void theKindsOfEntriesAreThoseOfHarbor() {
    assertThat(entries(admin(), EXTS + "/events"))
        .hasSize(14)
        .contains(Map.of("event_type", "pull_artifact"), Map.of("event_type", "login_user"));
    assertThat(as(owner).get(EXTS + "/events").statusCode()).isEqualTo(403);
    assertThat(anonymous().get(EXTS + "/events").statusCode()).isEqualTo(401);
  }

  @Test
  void whatIsSwitchedOffIsNotLoggedFromThenOn() {
    repository.pushImage("v1");
    repository.getManifest("v1").expect(200);
    set(Map.of("pull_audit_log_disable", true));
    repository.getManifest("v1").expect(200);
    set(
        Map.of(
            "pull_audit_log_disable",
            false,
            "disabled_audit_log_event_types",
            "create_artifact, pull_artifact"));
    repository.pushImage("v2");
    repository.getManifest("v1").expect(200);
    set(
        Map.of(
            "disabled_audit_log_event_types", "",
            "audit_log_forward_endpoint", "syslog:514",
            "skip_audit_log_database", true));
    repository.deleteManifest("v1").expect(202);
    set(Map.of("skip_audit_log_database", false));
    repository.deleteManifest("v2").expect(202);

    String name = repository.name();
    awaitOperations(
        "create artifact " + name + ":v1",
        "pull artifact " + name + ":v1",
        "delete tag " + name + ":v2");
  }

  @Test
  void signInsForTokensAreLoggedOnceAndSoAreFailures() {
    Account account = registry.newUser();
    registry.as(account).askToken().expect(200);
    registry.as(account).askToken().expect(200);
    Account wrong = new Account(account.id(), account.name(), "Wrong-password-1");
    registry.as(wrong).askToken().expect(401);
    registry.as(wrong).askToken().expect(401);

    String logins = EXTS + "?sort=id&q=operation=login,username=" + account.name();
    await().atMost(PATIENCE).until(() -> entries(admin(), logins).size() >= 2);
    assertThat(entries(admin(), logins))
        .hasSize(2)
        .allSatisfy(entry ->
            assertThat(entry)
                .containsEntry("resource_type", "user")
                .containsEntry("resource", account.name()))
        .extracting(entry -> entry.get("operation_result"))
        .containsExactly(true, false);
  }

  @Test
  void projectsAndSettingsAreLogged() {
    String name = registry.newName("audited");
    admin()
        .contentType("application/json")
        .body(Map.of("project_name", name))
        .post("/api/v2.0/projects")
        .then()
        .statusCode(201);
    admin()
        .contentType("application/json")
        .body(Map.of("project_name", name))
        .post("/api/v2.0/projects")
        .then()
        .statusCode(409);
    admin().delete("/api/v2.0/projects/" + name).then().statusCode(200);
    String projects = EXTS + "?sort=id&q=resource_type=project,resource=" + name;
    await().atMost(PATIENCE).until(() -> entries(admin(), projects).size() >= 2);
    assertThat(entries(admin(), projects))
        .extracting(entry -> entry.get("operation"), entry -> entry.get("username"))
        .containsExactly(tuple("create", "admin"), tuple("delete", "admin"));

    String settings = EXTS + "?q=resource_type=configuration";
    String before = admin().get(settings).header("X-Total-Count");
    set(Map.of("session_timeout", 60));
    await()
        .atMost(PATIENCE)
        .until(() -> !admin().get(settings).header("X-Total-Count").equals(before));
    assertThat(entries(admin(), settings).getFirst())
        .containsEntry("operation", "update")
        .containsEntry("resource", "configuration");
  }
}
