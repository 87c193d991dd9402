package io.orlop.api.project;

import static io.orlop.api.project.Projects.PATH;
import static io.orlop.api.project.Projects.createProject;
import static io.orlop.api.project.Projects.idOf;
import static io.orlop.api.project.Projects.message;
import static io.orlop.api.project.Projects.newName;
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
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ProjectApiTest {
  @Inject Accounts accounts;
  @Inject MembershipService memberships;
  @Inject Database database;

  @Test
  void createsAProjectAndSaysWhereItIs() {
    String name = newName();

    Response answer = createProject(admin(), "{\"project_name\":\"%s\"}".formatted(name));

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
        createProject(
            admin().header("X-Resource-Name-In-Location", "true"),
            "{\"project_name\":\"%s\"}".formatted(name));

    assertThat(answer.header("Location")).isEqualTo(PATH + "/" + name);
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

    assertThat(createProject(admin(), body.formatted(name)).statusCode()).isEqualTo(201);
    assertThat(admin().get(PATH + "/" + name).jsonPath().getString("metadata.public"))
        .isEqualTo(isPublic);
  }

  @Test
  void refusesANameThatIsTaken() {
    Response answer = createProject(admin(), "{\"project_name\":\"library\"}");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.asString())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"CONFLICT\",\"message\":\"The project named library already exists\"}]}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upper", "a b", "-a", "a-", "a--b", "a/b", "\u00e9", "a..b", "_"})
  void refusesNamesThatBreakTheGrammar(String name) {
    Response answer = createProject(admin(), "{\"project_name\":\"%s\"}".formatted(name));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).startsWith("project_name in body");
  }

  @Test
  void refusesANameThatIsTooLong() {
    assertThat(
            createProject(admin(), "{\"project_name\":\"%s\"}".formatted("a".repeat(256)))
                .statusCode())
        .isEqualTo(422);
  }

  @Test
  void refusesMetadataThatIsNeitherTrueNorFalse() {
    Response answer =
        createProject(
            admin(),
            "{\"project_name\":\"%s\",\"metadata\":{\"public\":\"maybe\"}}".formatted(newName()));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).startsWith("metadata.public in body");
  }

  @Test
  void doesNotMakeAPlainProjectOfAProxyCache() {
    String name = newName();

    assertThat(
            createProject(admin(), "{\"project_name\":\"%s\",\"registry_id\":1}".formatted(name))
                .statusCode())
        .isEqualTo(501);
    assertThat(admin().get(PATH + "/" + name).statusCode()).isEqualTo(404);
  }

  @Test
  void letsEverybodyWhoIsSignedInCreateAndOwnWhatTheyMake() {
    String name = newName();
    String body = "{\"project_name\":\"%s\"}".formatted(name);
    Accounts.Account user = accounts.newcomer();

    Response nobody = createProject(anonymous(), body);
    Response created = createProject(user.request(), body);
    Response shown = user.request().get(PATH + "/" + name);

    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(message(nobody)).isEqualTo("unauthorized");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(shown.jsonPath().getString("owner_name")).isEqualTo(user.name());
    assertThat(shown.jsonPath().getList("current_user_role_ids")).containsExactly(1);
  }

  @Test
  void showsAProjectAsTheContractSays() {
    String name = createProject(true);

    Response answer = admin().get(PATH + "/" + name);

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
    Response answer = anonymous().get(PATH + "/" + createProject(true));

    assertThat(answer.jsonPath().getMap("$"))
        .doesNotContainKey("current_user_role_id")
        .containsEntry("current_user_role_ids", List.of());
  }

  @Test
  void findsProjectsByIdAndByName() {
    String digits = Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1);
    createProject(admin(), "{\"project_name\":\"%s\"}".formatted(digits));
    int library = admin().get(PATH + "/library").jsonPath().getInt("project_id");

    assertThat(admin().get(PATH + "/" + library).jsonPath().getString("name")).isEqualTo("library");
    assertThat(
            admin()
                .header("X-Is-Resource-Name", "true")
                .get(PATH + "/" + digits)
                .jsonPath()
                .getString("name"))
        .isEqualTo(digits);
    assertThat(admin().header("X-Is-Resource-Name", "true").get(PATH + "/" + library).statusCode())
        .isEqualTo(404);
  }

  @Test
  void hidesFromOthersWhetherAPrivateProjectExists() {
    String secret = createProject(false);
    Accounts.Account stranger = accounts.newcomer();

    for (String name : List.of(secret, newName())) {
      assertThat(stranger.request().get(PATH + "/" + name).statusCode()).isEqualTo(403);
      assertThat(stranger.request().delete(PATH + "/" + name).statusCode()).isEqualTo(403);
      assertThat(anonymous().get(PATH + "/" + name).statusCode()).isEqualTo(401);
      assertThat(anonymous().delete(PATH + "/" + name).statusCode()).isEqualTo(401);
    }
    assertThat(message(stranger.request().get(PATH + "/" + secret)))
        .isEqualTo(message(stranger.request().get(PATH + "/" + newName())));
  }

  @Test
  void tellsAnAdministratorWhatDoesNotExist() {
    Response answer = admin().get(PATH + "/no-such-project");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(message(answer)).isEqualTo("project no-such-project not found");
    assertThat(message(admin().get(PATH + "/999999999999999999")))
        .isEqualTo("project 999999999999999999 not found");
    assertThat(admin().get(PATH + "/99999999999999999999999999").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void showsMembersTheirRoleAndLetsProjectAdministratorsDelete(Role role) {
    String name = createProject(false);
    Accounts.Account member = accounts.newcomer();
    memberships.assign(idOf(name), member.id(), role);

    Response shown = member.request().get(PATH + "/" + name);
    Response listed = member.request().queryParam("name", name).get(PATH);
    Response deleted = member.request().delete(PATH + "/" + name);

    assertThat(shown.jsonPath().getInt("current_user_role_id")).isEqualTo(role.id());
    assertThat(listed.jsonPath().getList("current_user_role_ids"))
        .containsExactly(List.of(role.id()));
    assertThat(deleted.statusCode()).isEqualTo(role == Role.PROJECT_ADMIN ? 200 : 403);
  }

  @Test
  void takesPathsWithASlashAtTheEnd() {
    assertThat(admin().get(PATH + "/").statusCode()).isEqualTo(200);
    assertThat(admin().get(PATH + "/library/").statusCode()).isEqualTo(200);
  }

  @Test
  void tellsWhetherANameIsTaken() {
    String secret = createProject(false);
    Accounts.Account stranger = accounts.newcomer();

    Response taken = stranger.request().queryParam("project_name", secret).head(PATH);
    Response free = stranger.request().queryParam("project_name", newName()).head(PATH);

    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(taken.asByteArray()).isEmpty();
    assertThat(free.statusCode()).isEqualTo(404);
    assertThat(free.asByteArray()).isEmpty();
    assertThat(anonymous().queryParam("project_name", secret).head(PATH).statusCode())
        .isEqualTo(401);
    assertThat(admin().head(PATH).statusCode()).isEqualTo(422);
  }

  @Test
  void deletesAnEmptyProject() {
    String name = createProject(false);

    Response deletable = admin().get(PATH + "/" + name + "/_deletable");
    Response deleted = admin().delete(PATH + "/" + name);

    assertThat(deletable.asString()).isEqualTo("{\"deletable\":true}");
    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(deleted.asString()).isEmpty();
    assertThat(deleted.header("Content-Type")).isNull();
    assertThat(admin().delete(PATH + "/" + name).statusCode()).isEqualTo(404);
  }

  @Test
  void keepsAProjectThatHasRepositories() {
    String name = createProject(false);
    database.update(
        "INSERT INTO repository (project_id, name, listed_at) VALUES (?, ?, now())",
        idOf(name),
        name + "/app");

    Response deletable = admin().get(PATH + "/" + name + "/_deletable");
    Response deleted = admin().delete(PATH + "/" + name);

    assertThat(deletable.asString())
        .isEqualTo("{\"message\":\"the project contains repositories, can not be deleted\"}");
    assertThat(deleted.statusCode()).isEqualTo(412);
    assertThat(deleted.asString())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"PRECONDITION\",\"message\":\"the project contains repositories, can not be deleted\"}]}\n");
    assertThat(admin().get(PATH + "/" + name).jsonPath().getInt("repo_count")).isEqualTo(1);
  }

  @Test
  void takesAllThatBelongsToAProjectAlong() {
    String name = createProject(false);
    long id = idOf(name);
    memberships.assign(id, accounts.newcomer().id(), Role.GUEST);
    database.update("INSERT INTO robot (name, project_id) VALUES (?, ?)", name + "+ci", id);
    database.update(
        "INSERT INTO label (name, scope, project_id) VALUES (?, 'p', ?)", "of " + name, id);

    assertThat(admin().delete(PATH + "/" + name).statusCode()).isEqualTo(200);

    for (String table : List.of("project_member", "robot", "label", "quota", "cve_allowlist")) {
      assertThat(database.exists("SELECT FROM " + table + " WHERE project_id = ?", id))
          .as(table)
          .isFalse();
    }
    assertThat(createProject(admin(), "{\"project_name\":\"%s\"}".formatted(name)).statusCode())
        .isEqualTo(201);
    assertThat(idOf(name)).isNotEqualTo(id);
  }
}
