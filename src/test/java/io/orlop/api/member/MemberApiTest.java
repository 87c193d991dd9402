package io.orlop.api.member;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static io.orlop.testsupport.Api.BASE;
import static io.orlop.testsupport.Api.code;
import static io.orlop.testsupport.Api.idOf;
import static io.orlop.testsupport.Api.message;
import static io.orlop.testsupport.Api.newMember;
import static io.orlop.testsupport.Api.newName;
import static io.orlop.testsupport.Api.newProject;
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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class MemberApiTest {
  @Inject Accounts accounts;
  private Api.Project project;
  private String path;

  @BeforeEach
  void openProject() {
    project = newProject(false);
    path = "/projects/" + project.name() + "/members";
  }

  private static Map<String, Object> user(Account user, int roleId) {
    return Map.of("role_id", roleId, "member_user", Map.of("username", user.name()));
  }

  private static Map<String, Object> group(Map<String, Object> group) {
    return Map.of("role_id", 2, "member_group", group);
  }

  private Response get(long id) {
    return admin().get(BASE + path + "/" + id);
  }

  @Test
  void makesAUserAMemberByNameAndShowsIt() {
    Account user = accounts.newcomer();

    Response created = post(admin(), path, user(user, 2));

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.asString()).isEmpty();
    assertThat(created.header("Location")).matches(BASE + path + "/[0-9]+");
    Map<String, Object> member = get(idOf(created)).jsonPath().getMap("$");
    assertThat(member)
        .containsEntry("entity_name", user.name())
        .containsEntry("entity_id", (int) user.id())
        .containsEntry("entity_type", "u")
        .containsEntry("project_id", (int) project.id())
        .containsEntry("role_id", 2)
        .containsEntry("role_name", "developer")
        .containsKey("id")
        .hasSize(7);
    assertThat(user.request().get(BASE + "/projects/" + project.name()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void writesTheProjectIntoTheLocationAsItWasGiven() {
    String byId = "/projects/" + project.id() + "/members";

    Response created = post(admin(), byId, user(accounts.newcomer(), 1));

    assertThat(created.header("Location")).startsWith(BASE + byId + "/");
  }

  @Test
  void refusesToMakeSomebodyAMemberTwice() {
    Account user = accounts.newcomer();
    idOf(post(admin(), path, user(user, 2)));

    Response again = post(admin(), path, user(user, 3));

    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(message(again)).isEqualTo("The project member specified already exist");
  }

  @Test
  void makesOneOfTwoEqualMembersAtOnce() throws Exception {
    Account user = accounts.newcomer();
    Callable<Integer> creation = () -> post(admin(), path, user(user, 2)).statusCode();
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> answers = both.invokeAll(List.of(creation, creation));
      assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
          .containsExactlyInAnyOrder(201, 409);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 6, 99, Integer.MAX_VALUE})
  void refusesRolesThatDoNotExist(int role) {
    Response answer = post(admin(), path, user(accounts.newcomer(), role));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).contains("role is not in 1,2,3");
  }

  @Test
  void refusesUsersAndGroupsThatDoNotExist() {
    Response name =
        post(admin(), path, Map.of("role_id", 2, "member_user", Map.of("username", "nobody-x")));
    Response id =
        post(admin(), path, Map.of("role_id", 2, "member_user", Map.of("user_id", 987654321)));
    Response group = post(admin(), path, group(Map.of("id", 987654321)));
    Response nobody = post(admin(), path, Map.of("role_id", 2));

    assertThat(name.statusCode()).isEqualTo(404);
    assertThat(message(name)).isEqualTo("user nobody-x not found");
    assertThat(id.statusCode()).isEqualTo(404);
    assertThat(group.statusCode()).isEqualTo(404);
    assertThat(nobody.statusCode()).isEqualTo(400);
  }

  @Test
  void makesAGroupThatNobodyKnows() {
    String name = newName("ops");

    long id = idOf(post(admin(), path, group(Map.of("group_name", name, "group_type", 3))));
    Response again = post(admin(), path, group(Map.of("group_name", name, "group_type", 3)));

    assertThat(get(id).jsonPath().getString("entity_name")).isEqualTo(name);
    assertThat(get(id).jsonPath().getString("entity_type")).isEqualTo("g");
    assertThat(again.statusCode()).isEqualTo(409);
    int groupId = get(id).jsonPath().getInt("entity_id");
    Api.Project other = newProject(false);
    Response byId =
        post(admin(), "/projects/" + other.id() + "/members", group(Map.of("id", groupId)));
    assertThat(byId.statusCode()).isEqualTo(201);
  }

  @Test
  void makesAGroupOfADirectory() {
    String cn = newName("ldap");
    String dn = "cn=" + cn + ",ou=groups,dc=example,dc=org";

    long id = idOf(post(admin(), path, group(Map.of("ldap_group_dn", dn))));

    assertThat(get(id).jsonPath().getString("entity_name")).isEqualTo(cn);
    assertThat(post(admin(), path, group(Map.of("ldap_group_dn", dn))).statusCode()).isEqualTo(409);
  }

  @Test
  void refusesTypesOfGroupsThatDoNotExist() {
    Response answer =
        post(admin(), path, group(Map.of("group_name", newName("g"), "group_type", 4)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).contains("group_type");
  }

  @Test
  void listsMembersByNameAndCountsThemAll() {
    Account first = accounts.newcomer();
    Account second = accounts.newcomer();
    newMember(project, first, 1);
    newMember(project, second, 5);

    Response all = admin().get(BASE + path);
    Response found =
        admin()
            .queryParam("entityname", first.name().substring(5).toUpperCase(Locale.ROOT))
            .get(BASE + path);
    Response page = admin().queryParam("page", 2).queryParam("page_size", 1).get(BASE + path);

    assertThat(all.jsonPath().getList("entity_name", String.class))
        .hasSize(3) // The administrator who made the project is one.
        .isSorted()
        .contains("admin", first.name(), second.name());
    assertThat(all.header("X-Total-Count")).isEqualTo("3");
    assertThat(found.jsonPath().getList("entity_name")).containsExactly(first.name());
    assertThat(found.header("X-Total-Count")).isEqualTo("3");
    assertThat(page.jsonPath().getList("$")).hasSize(1);
    assertThat(page.header("Link")).contains("rel=\"prev\"").contains("rel=\"next\"");
  }

  @Test
  void changesARoleAtOnce() {
    Account user = accounts.newcomer();
    long id = newMember(project, user, 3);
    assertThat(post(user.request(), path, user(accounts.newcomer(), 3)).statusCode())
        .isEqualTo(403);

    Response changed =
        put(admin(), path + "/" + id, Map.of("role_id", 1, "member_user", Map.of("user_id", 1)));

    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.asString()).isEmpty();
    assertThat(changed.header("Content-Type")).isNull();
    assertThat(post(user.request(), path, user(accounts.newcomer(), 3)).statusCode())
        .isEqualTo(201);
    assertThat(put(admin(), path + "/" + id, Map.of("role_id", 77)).statusCode()).isEqualTo(400);
  }

  @Test
  void endsAMembershipAtOnce() {
    Account user = accounts.newcomer();
    long id = newMember(project, user, 3);

    assertThat(admin().delete(BASE + path + "/" + id).statusCode()).isEqualTo(200);

    assertThat(user.request().get(BASE + path).statusCode()).isEqualTo(403);
    assertThat(get(id).statusCode()).isEqualTo(404);
    assertThat(admin().delete(BASE + path + "/" + id).statusCode()).isEqualTo(404);
    assertThat(put(admin(), path + "/" + id, Map.of("role_id", 1)).statusCode()).isEqualTo(404);
  }

  @Test
  void knowsNoMembersOfOtherProjects() {
    long foreign = newMember(newProject(false), accounts.newcomer(), 3);

    assertThat(get(foreign).statusCode()).isEqualTo(404);
    assertThat(put(admin(), path + "/" + foreign, Map.of("role_id", 1)).statusCode())
        .isEqualTo(404);
    assertThat(admin().delete(BASE + path + "/" + foreign).statusCode()).isEqualTo(404);
  }

  @Test
  void letsAGroupsUsersIn() {
    Account user = accounts.newcomer();
    long id = idOf(post(admin(), path, group(Map.of("group_name", newName("g"), "group_type", 2))));
    accounts.join(user, get(id).jsonPath().getLong("entity_id"));

    assertThat(user.request().get(BASE + path).statusCode()).isEqualTo(200);
    admin().delete(BASE + path + "/" + id);
    assertThat(user.request().get(BASE + path).statusCode()).isEqualTo(403);
  }

  @Test
  void refusesWhoMayNot() {
    Account guest = accounts.newcomer();
    newMember(project, guest, 3);
    Account limited = accounts.newcomer();
    newMember(project, limited, 5);

    assertThat(anonymous().get(BASE + path).statusCode()).isEqualTo(401);
    assertThat(accounts.newcomer().request().get(BASE + path).statusCode()).isEqualTo(403);
    assertThat(guest.request().get(BASE + path).statusCode()).isEqualTo(200);
    assertThat(limited.request().get(BASE + path).statusCode()).isEqualTo(403);
    Response refused = post(guest.request(), path, user(accounts.newcomer(), 3));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(code(refused)).isEqualTo("FORBIDDEN");
  }

  @Test
  void refusesWhatTheContractForbids() {
    assertThat(post(admin(), path, "{\"role_id\":\"x\"}").statusCode()).isEqualTo(422);
    Response huge = post(admin(), path, "{\"role_id\":99999999999}");
    assertThat(huge.statusCode()).isEqualTo(422);
    assertThat(message(huge)).contains("role_id");
    assertThat(post(admin(), path, "{\"role_id\"").statusCode()).isEqualTo(400);
    assertThat(admin().get(BASE + path + "/x").statusCode()).isEqualTo(422);
    assertThat(admin().get(BASE + path + "/99999999999999999999").statusCode()).isEqualTo(422);
    assertThat(admin().queryParam("page_size", 101).get(BASE + path).statusCode()).isEqualTo(422);
  }
}
