package io.orlop.api.permission;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static io.orlop.testsupport.Api.BASE;
import static io.orlop.testsupport.Api.newMember;
import static io.orlop.testsupport.Api.newProject;
import static io.orlop.testsupport.Api.newProjectRobot;
import static io.orlop.testsupport.Api.newSystemRobot;
import static io.orlop.testsupport.Api.permission;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.Accounts.Account;
import io.orlop.testsupport.Api;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class PermissionApiTest {
  private static final String OFFERED = BASE + "/permissions";
  private static final String CURRENT = BASE + "/users/current/permissions";

  @Inject Accounts accounts;

  private static List<String> pairs(Response answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.jsonPath().<Map<String, String>>getList("$").stream()
        .map(pair -> pair.get("resource") + ":" + pair.get("action"))
        .toList();
  }

  private static List<String> current(RequestSpecification caller, String scope, boolean relative) {
    return pairs(caller.queryParam("scope", scope).queryParam("relative", relative).get(CURRENT));
  }

  @Test
  void tellsWhatRobotsCanBeGiven() {
    Response all = admin().get(OFFERED);

    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(all.jsonPath().getList("system")).hasSize(70);
    assertThat(all.jsonPath().getList("project")).hasSize(70);
    assertThat(all.jsonPath().getList("system.findAll { it.resource == 'robot' }.action"))
        .containsExactlyInAnyOrder("create", "read", "list", "delete");
  }

  @Test
  void tellsProjectAdministratorsOfProjectsOnly() {
    Account owner = accounts.newcomer();
    newMember(newProject(false), owner, 1);
    Account maintainer = accounts.newcomer();
    newMember(newProject(false), maintainer, 4);

    Response answer = owner.request().get(OFFERED);

    assertThat(answer.jsonPath().getMap("$")).containsOnlyKeys("project");
    assertThat(maintainer.request().get(OFFERED).statusCode()).isEqualTo(403);
    assertThat(anonymous().get(OFFERED).statusCode()).isEqualTo(401);
    assertThat(accounts.auditor().request().get(OFFERED).statusCode()).isEqualTo(200);
    Api.Robot robot = newProjectRobot(newProject(false), "robot:create");
    assertThat(robot.request().get(OFFERED).statusCode()).isEqualTo(403);
  }

  @Test
  void listsWhatTheCallerMayDoInAProject() {
    Api.Project project = newProject(false);
    Account guest = accounts.newcomer();
    newMember(project, guest, 5);
    String scope = "/project/" + project.id();

    assertThat(current(guest.request(), scope, true))
        .contains(".:read", "repository:pull", "quota:read")
        .doesNotContain("member:list", "repository:push", ".:delete")
        .hasSize(14);
    assertThat(current(guest.request(), scope, false))
        .contains(scope + ":read", scope + "/repository:pull")
        .hasSize(14);
    assertThat(current(guest.request(), scope + "/repository", true))
        .containsExactlyInAnyOrder(".:list", ".:pull", ".:read");
    assertThat(current(guest.request(), scope + "/repository", false)).hasSize(14);
    assertThat(current(accounts.newcomer().request(), scope, true)).isEmpty();
    assertThat(anonymous().queryParam("scope", scope).get(CURRENT).statusCode()).isEqualTo(401);
  }

  @Test
  void listsWhatTheCallerMayDoToTheSystem() {
    assertThat(current(admin(), "/system", true)).contains("user:delete", "configuration:update");
    assertThat(current(accounts.newcomer().request(), "/system", true)).isEmpty();
    assertThat(current(accounts.auditor().request(), "/system", false))
        .contains("/system/user:list")
        .doesNotContain("/system/user:delete");
    Api.Robot robot = newSystemRobot(List.of(permission("system", "/", "user:list")));
    assertThat(current(robot.request(), "/system", true)).containsExactly("user:list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/project", "/project/x", "/project/987654321", "/galaxy"})
  void listsNothingOfWhatIsNotThere(String scope) {
    assertThat(current(admin(), scope, true)).isEmpty();
    assertThat(pairs(admin().get(CURRENT))).isEmpty();
  }
}
