package io.orlop.api.permission;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static io.orlop.testsupport.Api.BASE;
import static io.orlop.testsupport.Api.idOf;
import static io.orlop.testsupport.Api.newMember;
import static io.orlop.testsupport.Api.newName;
import static io.orlop.testsupport.Api.newProject;
import static io.orlop.testsupport.Api.newProjectRobot;
import static io.orlop.testsupport.Api.newRole;
import static io.orlop.testsupport.Api.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.Accounts.Account;
import io.orlop.testsupport.Api;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ExplanationApiTest {
  private static final String PATH = BASE + "/permissions/explain";

  @Inject Accounts accounts;

  private static Response ask(
      RequestSpecification caller, String who, String action, String resource) {
    return caller
        .queryParam("principal", who)
        .queryParam("action", action)
        .queryParam("resource", resource)
        .get(PATH);
  }

  private static JsonPath explained(String who, String action, String resource) {
    Response answer = ask(admin(), who, action, resource);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return answer.jsonPath();
  }

  @Test
  void namesTheRoleThatAllows() {
    Api.Project project = newProject(false);
    Account member = accounts.newcomer();
    newMember(project, member, 2);

    JsonPath push =
        explained(member.name(), "push", "/project/" + project.name() + "/repository/app");
    JsonPath delete = explained(member.name(), "delete", "/project/" + project.id());

    assertThat(push.getBoolean("allowed")).isTrue();
    assertThat(push.getList("reasons.kind")).containsExactly("role");
    assertThat(push.getList("reasons.role_id")).containsExactly(2);
    assertThat(push.getList("remedies")).isEmpty();
    assertThat(delete.getBoolean("allowed")).isFalse();
    assertThat(delete.getList("reasons")).isEmpty();
    assertThat(delete.getList("remedies.role_id")).contains(1).doesNotContain(2, 4);
    assertThat(delete.getList("remedies.kind")).contains("role", "system_administrator");
  }

  @Test
  void namesTheGroupThroughWhichARoleCame() {
    Api.Project project = newProject(false);
    Account user = accounts.newcomer();
    String group = newName("ops");
    String members = "/projects/" + project.name() + "/members";
    long id =
        idOf(
            post(
                admin(),
                members,
                Map.of(
                    "role_id", 4, "member_group", Map.of("group_name", group, "group_type", 2))));
    accounts.join(user, admin().get(BASE + members + "/" + id).jsonPath().getLong("entity_id"));

    JsonPath answer = explained(user.name(), "delete", "/project/" + project.name() + "/tag");

    assertThat(answer.getString("reasons[0].text")).contains(group).contains("maintainer");
  }

  @Test
  void knowsThePatternsOfCustomRoles() {
    Api.Project project = newProject(false);
    Account member = accounts.newcomer();
    int role = newRole(List.of("repository:push"), List.of("team/**"));
    newMember(project, member, role);
    String repositories = "/project/" + project.name() + "/repository/";

    JsonPath inside = explained(member.name(), "pull", repositories + "team/app");
    JsonPath outside = explained(member.name(), "push", repositories + "app");

    assertThat(inside.getBoolean("allowed")).isTrue();
    assertThat(inside.getList("reasons.role_id")).containsExactly(role);
    assertThat(inside.getList("reasons[0].repositories")).containsExactly("team/**");
    assertThat(outside.getBoolean("allowed")).isFalse();
    assertThat(outside.getList("remedies.role_id")).contains(2).doesNotContain(role);
  }

  @Test
  void knowsTheFlagsOfPeopleAndTheVisibilityOfProjects() {
    Api.Project open = newProject(true);
    Account stranger = accounts.newcomer();
    Account auditor = accounts.auditor();
    String pull = "/project/" + open.name() + "/repository";

    assertThat(explained("anonymous", "pull", pull).getList("reasons.kind"))
        .containsExactly("public");
    assertThat(explained(stranger.name(), "pull", pull).getList("reasons.kind"))
        .containsExactly("public");
    assertThat(explained("admin", "delete", "/system/user").getList("reasons.kind"))
        .containsExactly("system_administrator");
    assertThat(explained(auditor.name(), "list", "/system/user").getList("reasons.kind"))
        .containsExactly("auditor");
    assertThat(explained(auditor.name(), "delete", "/system/user").getBoolean("allowed")).isFalse();
  }

  @Test
  void knowsWhatRobotsWereGiven() {
    Api.Project project = newProject(false);
    Api.Robot robot = newProjectRobot(project, "repository:push");

    JsonPath pull = explained(robot.name(), "pull", "/project/" + project.name() + "/repository");
    JsonPath list = explained(robot.name(), "list", "/project/" + project.name() + "/tag");

    assertThat(pull.getString("principal")).isEqualTo(robot.name());
    assertThat(pull.getList("reasons.kind")).containsExactly("robot_permission");
    assertThat(list.getBoolean("allowed")).isFalse();
    assertThat(list.getList("remedies.kind")).containsExactly("robot_permission");
  }

  @Test
  void answersOthersForThemselvesOnly() {
    Account user = accounts.newcomer();
    String secret = "/project/" + newProject(false).name();

    assertThat(ask(anonymous(), "", "read", secret).statusCode()).isEqualTo(401);
    assertThat(ask(user.request(), "admin", "read", secret).statusCode()).isEqualTo(403);
    Response own = ask(user.request(), "", "read", secret);
    assertThat(own.statusCode()).isEqualTo(200);
    assertThat(own.jsonPath().getString("principal")).isEqualTo(user.name());
    // Whether a project exists is nobody's business who may not see it.
    String missing = own.asString().replace(secret, "/project/no-such-project");
    assertThat(ask(user.request(), user.name(), "read", "/project/no-such-project").asString())
        .isEqualTo(missing);
  }

  @ParameterizedTest
  @CsvSource({
    "admin,read,/galaxy,400",
    "admin,fly,/system/user,400",
    "admin,read,/project/library/x,400",
    "no-such-user,read,/project/library,404",
    "admin,read,,422",
  })
  void refusesQuestionsThatMeanNothing(String who, String action, String resource, int status) {
    RequestSpecification request =
        admin().queryParam("principal", who).queryParam("action", action);
    Response answer =
        (resource == null ? request : request.queryParam("resource", resource)).get(PATH);

    assertThat(answer.statusCode()).isEqualTo(status);
  }
}
