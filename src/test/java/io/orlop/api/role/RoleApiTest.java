package io.orlop.api.role;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static io.orlop.testsupport.Api.BASE;
import static io.orlop.testsupport.Api.code;
import static io.orlop.testsupport.Api.idOf;
import static io.orlop.testsupport.Api.message;
import static io.orlop.testsupport.Api.newMember;
import static io.orlop.testsupport.Api.newName;
import static io.orlop.testsupport.Api.newProject;
import static io.orlop.testsupport.Api.newRole;
import static io.orlop.testsupport.Api.post;
import static io.orlop.testsupport.Api.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.Accounts.Account;
import io.orlop.testsupport.Api;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RoleApiTest {
  private static final List<Map<String, String>> LIST_TAGS =
      List.of(Map.of("resource", "tag", "action", "list"));

  @Inject Accounts accounts;

  private static Map<String, Object> role(String name) {
    return Map.of("name", name, "permissions", LIST_TAGS);
  }

  @Test
  void makesShowsAndListsRoles() {
    String name = newName("release");

    Response created =
        post(
            admin(),
            "/roles",
            Map.of(
                "name",
                name,
                "description",
                "tags only",
                "permissions",
                LIST_TAGS,
                "repositories",
                List.of("team/**", "web-?")));

    long id = idOf(created);
    assertThat(id).isGreaterThanOrEqualTo(100);
    assertThat(created.header("Location")).isEqualTo(BASE + "/roles/" + id);
    Map<String, Object> shown = admin().get(BASE + "/roles/" + id).jsonPath().getMap("$");
    assertThat(shown)
        .containsEntry("name", name)
        .containsEntry("description", "tags only")
        .containsEntry("built_in", false)
        .containsEntry("permissions", LIST_TAGS)
        .containsEntry("repositories", List.of("team/**", "web-?"))
        .containsEntry("member_count", 0);
    Response all = admin().queryParam("page_size", 0).get(BASE + "/roles");
    assertThat(all.jsonPath().getList("name", String.class))
        .startsWith("projectAdmin", "developer", "guest", "maintainer", "limitedGuest")
        .contains(name);
    assertThat(all.jsonPath().getList("[0].permissions")).hasSizeGreaterThan(60);
  }

  @Test
  void changesWhatItsMembersMayDoAtOnce() {
    Api.Project project = newProject(false);
    int role = newRole(List.of("tag:list"), List.of());
    Account member = accounts.newcomer();
    newMember(project, member, role);
    String members = BASE + "/projects/" + project.name() + "/members";
    assertThat(member.request().get(members).statusCode()).isEqualTo(403);

    Response changed =
        put(
            admin(),
            "/roles/" + role,
            Map.of(
                "name",
                newName("role"),
                "permissions",
                List.of(Map.of("resource", "member", "action", "list"))));

    assertThat(changed.statusCode()).isEqualTo(200);
    Response seen = member.request().get(members);
    assertThat(seen.statusCode()).isEqualTo(200);
    assertThat(seen.jsonPath().getInt("find { it.entity_id == " + member.id() + " }.role_id"))
        .isEqualTo(role);
  }

  @Test
  void keepsARoleThatMembersHave() {
    Api.Project project = newProject(false);
    int role = newRole(List.of("tag:list"), List.of());
    long first = newMember(project, accounts.newcomer(), role);
    long second = newMember(project, accounts.newcomer(), role);

    Response refused = admin().delete(BASE + "/roles/" + role);

    assertThat(refused.statusCode()).isEqualTo(412);
    assertThat(code(refused)).isEqualTo("PRECONDITION");
    assertThat(message(refused)).contains("in use by 2 members");
    admin().delete(BASE + "/projects/" + project.name() + "/members/" + first);
    admin().delete(BASE + "/projects/" + project.name() + "/members/" + second);
    assertThat(admin().delete(BASE + "/roles/" + role).statusCode()).isEqualTo(200);
    assertThat(admin().get(BASE + "/roles/" + role).statusCode()).isEqualTo(404);
    assertThat(admin().delete(BASE + "/roles/" + role).statusCode()).isEqualTo(404);
  }

  @Test
  void isNeverDeletedFromUnderAMember() throws Exception {
    Api.Project project = newProject(false);
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 5; i++) {
        int role = newRole(List.of("tag:list"), List.of());
        Account member = accounts.newcomer();
        Callable<Integer> giving =
            () ->
                post(
                        admin(),
                        "/projects/" + project.name() + "/members",
                        Map.of("role_id", role, "member_user", Map.of("user_id", member.id())))
                    .statusCode();
        Callable<Integer> deleting = () -> admin().delete(BASE + "/roles/" + role).statusCode();

        List<Future<Integer>> answers = both.invokeAll(List.of(giving, deleting));

        assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
            .isIn(List.of(201, 412), List.of(400, 200));
      }
    }
  }

  @Test
  void refusesANameThatIsTaken() {
    String name = newName("role");
    idOf(post(admin(), "/roles", role(name)));

    assertThat(post(admin(), "/roles", role(name)).statusCode()).isEqualTo(409);
    assertThat(post(admin(), "/roles", role("developer")).statusCode()).isEqualTo(409);
  }

  @Test
  void leavesBuiltInRolesAsTheyAre() {
    assertThat(put(admin(), "/roles/2", role(newName("x"))).statusCode()).isEqualTo(403);
    assertThat(admin().delete(BASE + "/roles/2").statusCode()).isEqualTo(403);
    assertThat(admin().delete(BASE + "/roles/7").statusCode()).isEqualTo(404);
    assertThat(put(admin(), "/roles/987654321", role(newName("x"))).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"\",\"permissions\":[{\"resource\":\"tag\",\"action\":\"list\"}]}",
        "{\"name\":\" x\",\"permissions\":[{\"resource\":\"tag\",\"action\":\"list\"}]}",
        "{\"name\":\"x\",\"permissions\":[]}",
        "{\"name\":\"x\"}",
        "{\"name\":\"x\",\"permissions\":[null]}",
        "{\"name\":\"x\",\"permissions\":[{\"resource\":\"user\",\"action\":\"list\"}]}",
        "{\"name\":\"x\",\"permissions\":[{\"resource\":\"tag\",\"action\":\"list\"}],\"repositories\":[\"\"]}",
        "{\"name\":\"x\",\"permissions\":[{\"resource\":\"tag\",\"action\":\"list\"}],\"repositories\":[\"a(b\"]}",
        "{\"name\":\"x\",\"permissions\":[{\"resource\":\"tag\",\"action\":\"list\"}],\"repositories\":[\"*a*a*a*a*\"]}",
      })
  void refusesRolesThatCannotBe(String body) {
    assertThat(post(admin(), "/roles", body).statusCode()).isEqualTo(400);
  }

  @Test
  void isForSystemAdministratorsAndShownToThoseWhoGiveRoles() {
    Account owner = accounts.newcomer();
    newMember(newProject(false), owner, 1);
    Account maintainer = accounts.newcomer();
    newMember(newProject(false), maintainer, 4);

    assertThat(anonymous().get(BASE + "/roles").statusCode()).isEqualTo(401);
    assertThat(maintainer.request().get(BASE + "/roles").statusCode()).isEqualTo(403);
    assertThat(owner.request().get(BASE + "/roles").statusCode()).isEqualTo(200);
    assertThat(accounts.auditor().request().get(BASE + "/roles/1").statusCode()).isEqualTo(200);
    assertThat(post(owner.request(), "/roles", role(newName("x"))).statusCode()).isEqualTo(403);
    assertThat(post(accounts.auditor().request(), "/roles", role(newName("x"))).statusCode())
        .isEqualTo(403);
  }
}
