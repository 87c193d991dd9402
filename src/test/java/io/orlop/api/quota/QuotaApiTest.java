package io.orlop.api.quota;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.MembershipService;
import io.orlop.access.Role;
import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class QuotaApiTest {
  private static final String PATH = "/api/v2.0/quotas";
  private static final String PROJECTS = "/api/v2.0/projects";

  @Inject Accounts accounts;
  @Inject MembershipService memberships;

  @Test
  void showsTheQuotaOfAProjectAsTheContractSays() {
    Project project = project(admin(), ",\"storage_limit\":5000");

    Response listed =
        admin()
            .queryParam("reference", "project")
            .queryParam("reference_id", project.id())
            .get(PATH + "/");

    assertThat(listed.header("X-Total-Count")).isEqualTo("1");
    JsonPath quota = listed.jsonPath();
    assertThat(quota.getMap("[0]"))
        .containsOnlyKeys("id", "ref", "hard", "used", "creation_time", "update_time");
    assertThat(quota.getMap("[0].ref"))
        .isEqualTo(Map.of("id", (int) project.id(), "name", project.name(), "owner_name", "admin"));
    assertThat(quota.getLong("[0].hard.storage")).isEqualTo(5000);
    assertThat(quota.getLong("[0].used.storage")).isZero();
    assertThat(admin().get(PATH + "/" + quota.getLong("[0].id")).jsonPath().getMap("$"))
        .isEqualTo(quota.getMap("[0]"));
  }

  @Test
  void setsLimits() {
    Project project = project(admin(), "");
    long id = quotaOf(project);

    Response set = limit(id, "{\"hard\":{\"storage\":1048576}}");

    assertThat(set.statusCode()).isEqualTo(200);
    assertThat(set.asString()).isEmpty();
    assertThat(admin().get(PATH + "/" + id).jsonPath().getLong("hard.storage"))
        .isEqualTo(1_048_576);
    assertThat(limit(id, "{\"hard\":{\"storage\":-1}}").statusCode()).isEqualTo(200);
    assertThat(admin().get(PATH + "/" + id).jsonPath().getLong("hard.storage")).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"hard\":{}}",
        "{\"hard\":{\"storage\":0}}",
        "{\"hard\":{\"storage\":null}}",
        "{\"hard\":{\"storage\":-2}}",
        "{\"hard\":{\"storage\":1125899906842625}}",
        "{\"hard\":{\"count\":1}}"
      })
  void refusesWhatIsNoLimit(String body) {
    assertThat(limit(quotaOf(project(admin(), "")), body).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesLimitsOfNewProjectsThatAreNone() {
    for (String limit : List.of("-2", "1125899906842625")) {
      assertThat(
              create(
                      admin(),
                      "{\"project_name\":\"%s\",\"storage_limit\":%s}"
                          .formatted("q-" + UUID.randomUUID(), limit))
                  .statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void givesProjectsOfOthersThanAdministratorsTheCommonLimit() {
    Project project = project(accounts.newcomer().request(), ",\"storage_limit\":77");

    assertThat(admin().get(PATH + "/" + quotaOf(project)).jsonPath().getLong("hard.storage"))
        .isEqualTo(-1);
  }

  @Test
  void sortsByLimitAndUseWithoutALimitLast() {
    project(admin(), ",\"storage_limit\":10");
    project(admin(), ",\"storage_limit\":1000000000000");
    project(admin(), "");

    List<Long> limits =
        admin()
            .queryParam("sort", "hard.storage")
            .queryParam("page_size", 0)
            .get(PATH)
            .jsonPath()
            .getList("hard.storage", Long.class);
    List<Long> used =
        admin()
            .queryParam("sort", "-used.storage")
            .queryParam("page_size", 0)
            .get(PATH)
            .jsonPath()
            .getList("used.storage", Long.class);

    List<Long> ordered = limits.stream().map(limit -> limit < 0 ? Long.MAX_VALUE : limit).toList();
    assertThat(ordered).isSorted();
    assertThat(used).isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  @Test
  void knowsNoQuotasOfAnythingElse() {
    assertThat(admin().queryParam("reference", "user").get(PATH).asString()).isEqualTo("[]");
    assertThat(admin().queryParam("reference_id", "x").get(PATH).asString()).isEqualTo("[]");
    assertThat(admin().get(PATH + "/999999999").jsonPath().getString("errors[0].message"))
        .isEqualTo("quota 999999999 not found");
    assertThat(limit(999_999_999, "{\"hard\":{\"storage\":5}}").statusCode()).isEqualTo(404);
    assertThat(admin().get(PATH + "/x").statusCode()).isEqualTo(422);
  }

  @Test
  void isForAdministrators() {
    long id = quotaOf(project(admin(), ""));
    Accounts.Account user = accounts.newcomer();

    assertThat(anonymous().get(PATH).statusCode()).isEqualTo(401);
    assertThat(user.request().get(PATH).statusCode()).isEqualTo(403);
    assertThat(user.request().get(PATH + "/" + id).statusCode()).isEqualTo(403);
    assertThat(
            user.request()
                .contentType(ContentType.JSON)
                .body("{\"hard\":{\"storage\":5}}")
                .put(PATH + "/" + id)
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void summarisesAProjectAsFarAsTheCallerMaySee() {
    Project project = project(admin(), ",\"public\":true,\"storage_limit\":5000");
    Accounts.Account limited = accounts.newcomer();
    memberships.assign(project.id(), limited.id(), Role.LIMITED_GUEST);
    memberships.assign(project.id(), accounts.newcomer().id(), Role.DEVELOPER);
    String path = PROJECTS + "/" + project.name() + "/summary";

    Map<String, Object> whole = admin().get(path).jsonPath().getMap("$");
    Map<String, Object> part = limited.request().get(path).jsonPath().getMap("$");
    Map<String, Object> least = anonymous().get(path).jsonPath().getMap("$");

    assertThat(whole)
        .containsEntry("repo_count", 0)
        .containsEntry("project_admin_count", 1)
        .containsEntry("developer_count", 1)
        .containsEntry("limited_guest_count", 1)
        .doesNotContainKey("guest_count")
        .containsEntry(
            "quota", Map.of("hard", Map.of("storage", 5000), "used", Map.of("storage", 0)));
    assertThat(part).containsOnlyKeys("repo_count", "quota");
    assertThat(least).containsOnlyKeys("repo_count");
  }

  private record Project(long id, String name) {}

  private static Project project(RequestSpecification caller, String more) {
    String name = "q-" + UUID.randomUUID();
    Response created = create(caller, "{\"project_name\":\"%s\"%s}".formatted(name, more));
    assertThat(created.statusCode()).isEqualTo(201);
    String location = created.header("Location");
    return new Project(Long.parseLong(location.substring(location.lastIndexOf('/') + 1)), name);
  }

  private static Response create(RequestSpecification caller, String body) {
    return caller.contentType(ContentType.JSON).body(body).post(PROJECTS);
  }

  private static long quotaOf(Project project) {
    return admin().queryParam("reference_id", project.id()).get(PATH).jsonPath().getLong("[0].id");
  }

  private static Response limit(long id, String body) {
    return admin().contentType(ContentType.JSON).body(body).put(PATH + "/" + id);
  }
}
