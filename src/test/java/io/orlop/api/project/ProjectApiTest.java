package io.orlop.api.project;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.MembershipService;
import io.orlop.access.Role;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ProjectApiTest {
  private static final String PROJECTS = "/api/v2.0/projects";

  @Inject Accounts accounts;
  @Inject MembershipService memberships;
  @Inject Database database;

  @Test
  void createsAProjectAndSaysWhereItIs() {
    String name = newName();

    Response answer = create(admin(), "{\"project_name\":\"%s\"}".formatted(name));

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.asString()).isEmpty();
    assertThat(answer.header("Content-Type")).isNull();
    assertThat(answer.header("Location")).matches("/api/v2\\.0/projects/[0-9]+");
    assertThat(admin().get(answer.header("Location")).jsonPath().getString("name")).isEqualTo(name);
  }

  @Test
  void namesTheProjectInLocationOnRequest() {
    String name = newName();

    Response answer =
        create(
            admin().header("X-Resource-Name-In-Location", "true"),
            "{\"project_name\":\"%s\"}".formatted(name));

    assertThat(answer.header("Location")).isEqualTo(PROJECTS + "/" + name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"project_name\":\"%s\"}                                                   | false",
        "{\"project_name\":\"%s\",\"public\":true}                                   | true",
        "{\"project_name\":\"%s\",\"public\":null,\"metadata\":null}                 | false",
        "{\"project_name\":\"%s\",\"metadata\":{\"public\":\"true\"}}                | true",
        "{\"project_name\":\"%s\",\"metadata\":{\"public\":\"false\"},\"public\":true} | false",
        "{\"project_name\":\"%s\",\"metadata\":{\"public\":\"\"},\"public\":true}    | true",
        "{\"project_name\":\"%s\",\"metadata\":{\"auto_scan\":\"true\"},\"storage_limit\":-1,\"x\":[{}]} | false",
      })
  void understandsBothWaysToSayPublic(String body, String isPublic) {
    String name = newName();

    assertThat(create(admin(), body.formatted(name)).statusCode()).isEqualTo(201);
    assertThat(admin().get(PROJECTS + "/" + name).jsonPath().getString("metadata.public"))
        .isEqualTo(isPublic);
  }

  @Test
  void refusesANameThatIsTaken() {
    Response answer = create(admin(), "{\"project_name\":\"library\"}");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.asString())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"CONFLICT\",\"message\":\"The project named library already exists\"}]}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upper", "a b", "-a", "a-", "a--b", "a/b", "\u00e9", "a..b", "_"})
  void refusesNamesThatBreakTheGrammar(String name) {
    Response answer = create(admin(), "{\"project_name\":\"%s\"}".formatted(name));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).startsWith("project_name in body");
  }

  @Test
  void refusesANameThatIsTooLong() {
    assertThat(create(admin(), "{\"project_name\":\"%s\"}".formatted("a".repeat(256))).statusCode())
        .isEqualTo(422);
  }

  @Test
  void refusesMetadataThatIsNeitherTrueNorFalse() {
    Response answer =
        create(
            admin(),
            "{\"project_name\":\"%s\",\"metadata\":{\"public\":\"maybe\"}}".formatted(newName()));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).startsWith("metadata.public in body");
  }

  @Test
  void doesNotMakeAPlainProjectOfAProxyCache() {
    String name = newName();

    assertThat(
            create(admin(), "{\"project_name\":\"%s\",\"registry_id\":1}".formatted(name))
                .statusCode())
        .isEqualTo(501);
    assertThat(admin().get(PROJECTS + "/" + name).statusCode()).isEqualTo(404);
  }

  @Test
  void letsOnlyAdministratorsCreate() {
    String body = "{\"project_name\":\"%s\"}".formatted(newName());

    Response user = create(accounts.newcomer().request(), body);
    Response nobody = create(anonymous(), body);

    assertThat(user.statusCode()).isEqualTo(403);
    assertThat(message(user)).isEqualTo("Only system admin can create project");
    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(message(nobody)).isEqualTo("unauthorized");
  }

  @Test
  void showsAProjectAsTheContractSays() {
    String name = create(true);

    Response answer = admin().get(PROJECTS + "/" + name);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.jsonPath().getMap("$"))
        .containsOnlyKeys(
            "project_id",
            "name",
            "owner_id",
            "owner_name",
            "creation_time",
            "update_time",
            "current_user_role_id",
            "current_user_role_ids",
            "repo_count",
            "metadata",
            "cve_allowlist")
        .containsEntry("owner_name", "admin")
        .containsEntry("repo_count", 0)
        .containsEntry("current_user_role_id", 1)
        .containsEntry("current_user_role_ids", List.of(1));
    assertThat(answer.jsonPath().getString("creation_time"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(answer.jsonPath().getList("cve_allowlist.items")).isEmpty();
  }

  @Test
  void leavesOutTheRoleOfWhoeverHasNone() {
    Response answer = anonymous().get(PROJECTS + "/" + create(true));

    assertThat(answer.jsonPath().getMap("$"))
        .doesNotContainKey("current_user_role_id")
        .containsEntry("current_user_role_ids", List.of());
  }

  @Test
  void findsProjectsByIdAndByName() {
    String digits = Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1);
    create(admin(), "{\"project_name\":\"%s\"}".formatted(digits));
    int library = admin().get(PROJECTS + "/library").jsonPath().getInt("project_id");

    assertThat(admin().get(PROJECTS + "/" + library).jsonPath().getString("name"))
        .isEqualTo("library");
    assertThat(
            admin()
                .header("X-Is-Resource-Name", "true")
                .get(PROJECTS + "/" + digits)
                .jsonPath()
                .getString("name"))
        .isEqualTo(digits);
    assertThat(
            admin().header("X-Is-Resource-Name", "true").get(PROJECTS + "/" + library).statusCode())
        .isEqualTo(404);
  }

  @Test
  void hidesFromOthersWhetherAPrivateProjectExists() {
    String secret = create(false);
    Accounts.Account stranger = accounts.newcomer();

    for (String name : List.of(secret, newName())) {
      assertThat(stranger.request().get(PROJECTS + "/" + name).statusCode()).isEqualTo(403);
      assertThat(stranger.request().delete(PROJECTS + "/" + name).statusCode()).isEqualTo(403);
      assertThat(anonymous().get(PROJECTS + "/" + name).statusCode()).isEqualTo(401);
      assertThat(anonymous().delete(PROJECTS + "/" + name).statusCode()).isEqualTo(401);
    }
    assertThat(message(stranger.request().get(PROJECTS + "/" + secret)))
        .isEqualTo(message(stranger.request().get(PROJECTS + "/" + newName())));
  }

  @Test
  void tellsAnAdministratorWhatDoesNotExist() {
    Response answer = admin().get(PROJECTS + "/no-such-project");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(message(answer)).isEqualTo("project no-such-project not found");
    assertThat(message(admin().get(PROJECTS + "/999999999999999999")))
        .isEqualTo("project 999999999999999999 not found");
    assertThat(admin().get(PROJECTS + "/99999999999999999999999999").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void showsMembersTheirRoleAndLetsProjectAdministratorsDelete(Role role) {
    String name = create(false);
    Accounts.Account member = accounts.newcomer();
    memberships.assign(idOf(name), member.id(), role);

    Response shown = member.request().get(PROJECTS + "/" + name);
    Response listed = member.request().queryParam("name", name).get(PROJECTS);
    Response deleted = member.request().delete(PROJECTS + "/" + name);

    assertThat(shown.jsonPath().getInt("current_user_role_id")).isEqualTo(role.id());
    assertThat(listed.jsonPath().getList("current_user_role_ids"))
        .containsExactly(List.of(role.id()));
    assertThat(deleted.statusCode()).isEqualTo(role == Role.PROJECT_ADMIN ? 200 : 403);
  }

  @Test
  void listsWhatTheCallerMaySee() {
    String stem = newName();
    create(admin(), "{\"project_name\":\"%s-open\",\"public\":true}".formatted(stem));
    create(admin(), "{\"project_name\":\"%s-shut\"}".formatted(stem));
    create(admin(), "{\"project_name\":\"%s-mine\"}".formatted(stem));
    Accounts.Account member = accounts.newcomer();
    memberships.assign(idOf(stem + "-mine"), member.id(), Role.GUEST);

    assertThat(names(anonymous().queryParam("name", stem))).containsExactly(stem + "-open");
    assertThat(names(member.request().queryParam("name", stem)))
        .containsExactly(stem + "-mine", stem + "-open");
    assertThat(names(admin().queryParam("name", stem)))
        .containsExactly(stem + "-mine", stem + "-open", stem + "-shut");
  }

  @Test
  void filtersLists() {
    String stem = newName();
    create(admin(), "{\"project_name\":\"%s-open\",\"public\":true}".formatted(stem));
    create(admin(), "{\"project_name\":\"%s-shut\"}".formatted(stem));

    assertThat(names(admin().queryParam("name", stem).queryParam("public", "true")))
        .containsExactly(stem + "-open");
    assertThat(names(admin().queryParam("name", stem).queryParam("public", "false")))
        .containsExactly(stem + "-shut");
    assertThat(names(anonymous().queryParam("name", stem).queryParam("public", "false"))).isEmpty();
    assertThat(names(admin().queryParam("name", stem).queryParam("owner", "admin"))).hasSize(2);
    assertThat(names(admin().queryParam("name", stem).queryParam("owner", "nobody"))).isEmpty();
    assertThat(names(admin().queryParam("name", stem.toUpperCase(Locale.ROOT)))).hasSize(2);
    assertThat(names(admin().queryParam("name", "%"))).isEmpty();
  }

  @Test
  void writesAnEmptyListAsAList() {
    Response answer = admin().queryParam("name", newName()).get(PROJECTS);

    assertThat(answer.asString()).isEqualTo("[]");
    assertThat(answer.header("X-Total-Count")).isEqualTo("0");
    assertThat(answer.header("Link")).isNull();
  }

  @Test
  void pagesLists() {
    String stem = newName();
    for (int i = 0; i < 3; i++) {
      create(admin(), "{\"project_name\":\"%s-%d\"}".formatted(stem, i));
    }

    Response second =
        admin()
            .queryParam("name", stem)
            .queryParam("page", 2)
            .queryParam("page_size", 1)
            .get(PROJECTS);
    Response beyond = admin().queryParam("name", stem).queryParam("page", 9).get(PROJECTS);
    Response all = admin().queryParam("name", stem).queryParam("page_size", 0).get(PROJECTS);

    assertThat(second.jsonPath().getList("name")).containsExactly(stem + "-1");
    assertThat(second.header("X-Total-Count")).isEqualTo("3");
    assertThat(second.header("Link"))
        .isEqualTo(
            "<%1$s?name=%2$s&page=1&page_size=1>; rel=\"prev\" , <%1$s?name=%2$s&page=3&page_size=1>; rel=\"next\""
                .formatted(PROJECTS, stem));
    assertThat(beyond.asString()).isEqualTo("[]");
    assertThat(beyond.header("X-Total-Count")).isEqualTo("3");
    assertThat(all.jsonPath().getList("$")).hasSize(3);
    assertThat(all.header("Link")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"page_size,101", "page_size,x", "page,x"})
  void refusesPagesThatTheContractForbids(String parameter, String value) {
    assertThat(admin().queryParam(parameter, value).get(PROJECTS).statusCode()).isEqualTo(422);
  }

  @Test
  void takesPathsWithASlashAtTheEnd() {
    assertThat(admin().get(PROJECTS + "/").statusCode()).isEqualTo(200);
    assertThat(admin().get(PROJECTS + "/library/").statusCode()).isEqualTo(200);
  }

  @Test
  void tellsWhetherANameIsTaken() {
    String secret = create(false);
    Accounts.Account stranger = accounts.newcomer();

    Response taken = stranger.request().queryParam("project_name", secret).head(PROJECTS);
    Response free = stranger.request().queryParam("project_name", newName()).head(PROJECTS);

    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(taken.asByteArray()).isEmpty();
    assertThat(free.statusCode()).isEqualTo(404);
    assertThat(free.asByteArray()).isEmpty();
    assertThat(anonymous().queryParam("project_name", secret).head(PROJECTS).statusCode())
        .isEqualTo(401);
    assertThat(admin().head(PROJECTS).statusCode()).isEqualTo(422);
  }

  @Test
  void deletesAnEmptyProject() {
    String name = create(false);

    Response deletable = admin().get(PROJECTS + "/" + name + "/_deletable");
    Response deleted = admin().delete(PROJECTS + "/" + name);

    assertThat(deletable.asString()).isEqualTo("{\"deletable\":true}");
    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(deleted.asString()).isEmpty();
    assertThat(deleted.header("Content-Type")).isNull();
    assertThat(admin().delete(PROJECTS + "/" + name).statusCode()).isEqualTo(404);
  }

  @Test
  void keepsAProjectThatHasRepositories() {
    String name = create(false);
    database.update(
        "INSERT INTO repository (project_id, name, listed_at) VALUES (?, ?, now())",
        idOf(name),
        name + "/app");

    Response deletable = admin().get(PROJECTS + "/" + name + "/_deletable");
    Response deleted = admin().delete(PROJECTS + "/" + name);

    assertThat(deletable.asString())
        .isEqualTo("{\"message\":\"the project contains repositories, can not be deleted\"}");
    assertThat(deleted.statusCode()).isEqualTo(412);
    assertThat(deleted.asString())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"PRECONDITION\",\"message\":\"the project contains repositories, can not be deleted\"}]}\n");
    assertThat(admin().get(PROJECTS + "/" + name).jsonPath().getInt("repo_count")).isEqualTo(1);
  }

  private static String create(boolean isPublic) {
    String name = newName();
    String body = "{\"project_name\":\"%s\",\"public\":%s}".formatted(name, isPublic);
    assertThat(create(admin(), body).statusCode()).isEqualTo(201);
    return name;
  }

  private static Response create(RequestSpecification caller, String body) {
    return caller.contentType(ContentType.JSON).body(body).post(PROJECTS);
  }

  private static List<String> names(RequestSpecification list) {
    return list.get(PROJECTS).jsonPath().getList("name");
  }

  private static long idOf(String name) {
    return admin().get(PROJECTS + "/" + name).jsonPath().getLong("project_id");
  }

  private static String message(Response answer) {
    return answer.jsonPath().getString("errors[0].message");
  }

  private static String newName() {
    return "p-" + UUID.randomUUID();
  }
}
