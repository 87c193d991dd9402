package io.orlop.api.configuration;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.Role;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.orlop.testsupport.TestRegistry.NewProject;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a setting does from the answer to its change on. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class SettingsEffectTest {
  private static final String READ_ONLY =
      "The system is in read only mode. Any modification is prohibited.";

  @Inject TestRegistry registry;

  @AfterEach
  void setEverythingBack() {
    set(Map.of("read_only", false, "token_expiration", 30, "banner_message", ""));
    set(
        Map.of(
            "self_registration", false, "primary_auth_mode", false, "notification_enable", true));
    set(
        Map.of(
            "project_creation_restriction", "everyone", "auth_mode", "db_auth", "oidc_name", ""));
  }

  private static void set(Map<String, Object> values) {
    Response answer =
        admin().contentType("application/json").body(values).put("/api/v2.0/configurations");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void tokensLiveAsLongAsTheSettingSays() {
    for (int minutes : new int[] {5, 45, 30}) {
      set(Map.of("token_expiration", minutes));

      Response answer = admin().get("/service/token?service=harbor-registry");

      assertThat(answer.jsonPath().getInt("expires_in")).isEqualTo(minutes * 60);
      String[] parts = answer.jsonPath().getString("token").split("\\.", -1);
      String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      io.restassured.path.json.JsonPath json = new io.restassured.path.json.JsonPath(claims);
      assertThat(json.getLong("exp") - json.getLong("iat")).isEqualTo(minutes * 60L);
    }
  }

  @Test
  void tokensOfTheLongestLifeAreGoodToo() {
    set(Map.of("token_expiration", 9_999_999_999L));
    String token = admin().get("/service/token?service=harbor-registry").jsonPath().get("token");

    registry.anonymous().bearer(token).get("/v2/").expect(200);
  }

  @Test
  void readOnlyRefusesEveryChangeButPullsGoOn() {
    NewProject project = registry.newPrivateProject();
    Account developer = registry.newMember(project, Role.DEVELOPER);
    RepositoryClient repository = registry.as(developer).repository(project.name() + "/app");
    repository.pushImage("v1");
    String token = registry.as(developer).token("repository:" + project.name() + "/app:pull,push");
    set(Map.of("read_only", true));

    RepositoryClient pulling =
        registry.anonymous().bearer(token).repository(project.name() + "/app");
    pulling.getManifest("v1").expect(200);
    assertThat(pulling.beginUpload("").expectError(403, "DENIED").text()).contains(READ_ONLY);
    Response refused =
        admin()
            .contentType("application/json")
            .body(Map.of("project_name", project.name() + "-2"))
            .post("/api/v2.0/projects");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.jsonPath().getString("errors[0].code")).isEqualTo("DENIED");
    assertThat(refused.jsonPath().getString("errors[0].message")).isEqualTo(READ_ONLY);
    assertThat(admin().delete("/api/v2.0/projects/" + project.name()).statusCode()).isEqualTo(403);
    assertThat(admin().head("/api/v2.0/projects?project_name=library").statusCode()).isEqualTo(200);
    assertThat(
            admin()
                .formParam("grant_type", "password")
                .formParam("username", "admin")
                .formParam("password", EmbeddedDatabase.ADMIN_PASSWORD)
                .formParam("service", "harbor-registry")
                .post("/service/token")
                .statusCode())
        .isEqualTo(200);

    set(Map.of("read_only", false));

    pulling.beginUpload("").expect(202);
  }

  @Test
  void systeminfoTellsWhatIsSet() {
    set(Map.of("banner_message", "{\"message\":\"x\"}", "self_registration", true));
    set(Map.of("primary_auth_mode", true, "notification_enable", false));
    set(Map.of("project_creation_restriction", "adminonly"));
    set(Map.of("auth_mode", "oidc_auth", "oidc_name", "Dex"));

    assertThat(anonymous().get("/api/v2.0/systeminfo").jsonPath().getMap("$"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "auth_mode", "oidc_auth",
                "primary_auth_mode", true,
                "self_registration", true,
                "banner_message", "{\"message\":\"x\"}",
                "oidc_provider_name", "Dex"));
    assertThat(admin().get("/api/v2.0/systeminfo").jsonPath().getMap("$"))
        .containsEntry("project_creation_restriction", "adminonly")
        .containsEntry("notification_enable", false)
        .containsEntry("read_only", false);
  }
}
