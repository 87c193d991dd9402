package io.orlop.api.search;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.MembershipService;
import io.orlop.access.Role;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class SearchApiTest {
  private static final String SEARCH = "/api/v2.0/search";
  private static final String STATISTICS = "/api/v2.0/statistics";

  @Inject Accounts accounts;
  @Inject MembershipService memberships;
  @Inject TestRegistry registry;
  @Inject Database database;

  @Test
  void findsWhatTheCallerMaySee() {
    String stem = "s-" + UUID.randomUUID();
    TestRegistry.NewProject open = registry.newProjectNamed(stem + "-open", true);
    TestRegistry.NewProject shut = registry.newProjectNamed(stem + "-shut", false);
    addRepository(open, "app");
    addRepository(shut, "app");
    Accounts.Account member = accounts.newcomer();
    memberships.assign(shut.id(), member.id(), Role.LIMITED_GUEST);

    assertThat(projects(anonymous(), stem)).containsExactly(stem + "-open");
    assertThat(repositories(anonymous(), stem)).containsExactly(stem + "-open/app");
    assertThat(repositories(accounts.newcomer().request(), stem))
        .containsExactly(stem + "-open/app");
    assertThat(repositories(member.request(), stem))
        .containsExactly(stem + "-open/app", stem + "-shut/app");
    assertThat(repositories(admin(), stem.toUpperCase(Locale.ROOT))).hasSize(2);
    assertThat(projects(admin(), stem.toUpperCase(Locale.ROOT))).isEmpty();
  }

  @Test
  void showsRepositoriesAsTheContractSays() {
    TestRegistry.NewProject project = registry.newProjectNamed("s-" + UUID.randomUUID(), true);
    addRepository(project, "app");

    JsonPath found = anonymous().queryParam("q", project.name()).get(SEARCH).jsonPath();

    assertThat(found.getMap("repository[0]"))
        .containsOnlyKeys("project_id", "project_name", "project_public", "repository_name")
        .containsEntry("project_public", true);
    assertThat(found.getLong("project[0].project_id")).isEqualTo(project.id());
    assertThat(found.getLong("project[0].repo_count")).isEqualTo(1);
  }

  @Test
  void hidesRepositoriesThatARoleIsNotFor() {
    TestRegistry.NewProject project = registry.newProjectNamed("s-" + UUID.randomUUID(), false);
    addRepository(project, "seen");
    addRepository(project, "hidden");
    Accounts.Account member = accounts.newcomer();
    long role =
        database.one(
            """
            INSERT INTO role (name, permissions, repositories)
            VALUES (?, ARRAY['repository:list', 'project:read'], ARRAY['se*']) RETURNING id
            """,
            row -> row.getLong(1),
            "role-" + UUID.randomUUID());
    database.update(
        "INSERT INTO project_member (project_id, user_id, role) VALUES (?, ?, ?)",
        project.id(),
        member.id(),
        (int) role);

    assertThat(repositories(member.request(), project.name()))
        .containsExactly(project.name() + "/seen");
  }

  @Test
  void answersEmptyAndHostileSearches() {
    Response nothing = anonymous().queryParam("q", "no-such-" + UUID.randomUUID()).get(SEARCH);

    assertThat(nothing.asString()).isEqualTo("{\"project\":[],\"repository\":[]}");
    assertThat(anonymous().queryParam("q", "%").get(SEARCH).jsonPath().getList("project"))
        .isEmpty();
    assertThat(anonymous().get(SEARCH).statusCode()).isEqualTo(422);
    assertThat(anonymous().urlEncodingEnabled(false).get(SEARCH + "?q=a%00").statusCode())
        .isEqualTo(400);
  }

  @Test
  void countsWhatTheCallerMaySee() {
    Accounts.Account member = accounts.newcomer();
    JsonPath before = member.request().get(STATISTICS).jsonPath();
    TestRegistry.NewProject own = registry.newPrivateProject();
    memberships.assign(own.id(), member.id(), Role.GUEST);
    addRepository(own, "app");

    JsonPath after = member.request().get(STATISTICS).jsonPath();
    JsonPath all = admin().get(STATISTICS).jsonPath();

    assertThat(before.getLong("private_project_count")).isZero();
    assertThat(after.getLong("private_project_count")).isEqualTo(1);
    assertThat(after.getLong("private_repo_count")).isEqualTo(1);
    assertThat(after.getLong("public_project_count")).isPositive();
    assertThat(after.getLong("total_project_count")).isZero();
    assertThat(after.getLong("total_storage_consumption")).isZero();
    assertThat(all.getLong("total_project_count"))
        .isEqualTo(all.getLong("public_project_count") + all.getLong("private_project_count"));
    assertThat(anonymous().get(STATISTICS).statusCode()).isEqualTo(401);
  }

  @Test
  void countsEveryBlobOfTheSystemOnce() {
    long before = stored();
    registry.newRepository().pushBlob(new byte[4096]);
    long once = stored();
    registry.newRepository().pushBlob(new byte[4096]);

    assertThat(once - before).isIn(0L, 4096L);
    assertThat(stored()).isEqualTo(once);
  }

  private static long stored() {
    return admin().get(STATISTICS).jsonPath().getLong("total_storage_consumption");
  }

  private void addRepository(TestRegistry.NewProject project, String name) {
    database.update(
        "INSERT INTO repository (project_id, name, listed_at) VALUES (?, ?, now())",
        project.id(),
        project.name() + "/" + name);
  }

  private static List<String> projects(RequestSpecification caller, String text) {
    return caller.queryParam("q", text).get(SEARCH).jsonPath().getList("project.name");
  }

  private static List<String> repositories(RequestSpecification caller, String text) {
    return caller
        .queryParam("q", text)
        .get(SEARCH)
        .jsonPath()
        .getList("repository.repository_name");
  }
}
