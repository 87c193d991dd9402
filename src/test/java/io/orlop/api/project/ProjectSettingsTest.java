package io.orlop.api.project;

import static io.orlop.api.project.Projects.PATH;
import static io.orlop.api.project.Projects.createProject;
import static io.orlop.api.project.Projects.idOf;
import static io.orlop.api.project.Projects.message;
import static io.orlop.api.project.Projects.newName;
import static io.orlop.testsupport.Accounts.admin;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.Role;
import io.orlop.oci.Digest;
import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ProjectSettingsTest {
  @Inject Accounts accounts;
  @Inject TestRegistry registry;

  @AfterEach
  void setEverythingBack() {
    set(
        Map.of(
            "project_creation_restriction",
            "everyone",
            "storage_per_project",
            -1,
            "quota_per_project_enable",
            true));
  }

  @Test
  void letsOnlyAdministratorsCreateWhereTheSettingSaysSo() {
    set(Map.of("project_creation_restriction", "adminonly"));
    String body = "{\"project_name\":\"%s\"}".formatted(newName());

    Response refused = createProject(accounts.newcomer().request(), body);

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(message(refused)).isEqualTo("Only system admin can create project");
    assertThat(createProject(admin(), body).statusCode()).isEqualTo(201);
  }

  @Test
  void givesNewProjectsTheCommonLimit() {
    set(Map.of("storage_per_project", 4096));

    String name = createProject(false);

    assertThat(admin().get(PATH + "/" + name + "/summary").jsonPath().getLong("quota.hard.storage"))
        .isEqualTo(4096);
  }

  @Test
  void refusesNothingWhereQuotasAreNotKeptAndCountsAllTheSame() {
    TestRegistry.NewProject project = registry.newPrivateProject();
    registry.assign(project, registry.maintainer(), Role.MAINTAINER);
    RepositoryClient repository =
        registry.as(registry.maintainer()).repository(project.name() + "/app");
    long quota =
        admin()
            .queryParam("reference_id", idOf(project.name()))
            .get("/api/v2.0/quotas")
            .jsonPath()
            .getLong("[0].id");
    admin()
        .contentType(ContentType.JSON)
        .body("{\"hard\":{\"storage\":10}}")
        .put("/api/v2.0/quotas/" + quota);
    byte[] blob = Blobs.random(100);
    repository.post(Digest.of(blob), blob).expectError(403, "DENIED");

    set(Map.of("quota_per_project_enable", false));
    repository.pushImage("latest");

    assertThat(admin().get("/api/v2.0/quotas/" + quota).jsonPath().getLong("used.storage"))
        .isGreaterThan(10);
    assertThat(admin().get(PATH + "/" + project.name() + "/summary").jsonPath().getMap("$"))
        .doesNotContainKey("quota");
  }

  private static void set(Map<String, Object> values) {
    assertThat(
            admin()
                .contentType(ContentType.JSON)
                .body(values)
                .put("/api/v2.0/configurations")
                .statusCode())
        .isEqualTo(200);
  }
}
