package io.orlop.api.robot;

import static io.orlop.api.robot.Robots.ROBOTS;
import static io.orlop.api.robot.Robots.changed;
import static io.orlop.api.robot.Robots.ci;
import static io.orlop.api.robot.Robots.get;
import static io.orlop.api.robot.Robots.signsIn;
import static io.orlop.testsupport.Accounts.anonymous;
import static io.orlop.testsupport.Api.BASE;
import static io.orlop.testsupport.Api.code;
import static io.orlop.testsupport.Api.idOf;
import static io.orlop.testsupport.Api.newMember;
import static io.orlop.testsupport.Api.newName;
import static io.orlop.testsupport.Api.newProject;
import static io.orlop.testsupport.Api.newProjectRobot;
import static io.orlop.testsupport.Api.newSystemRobot;
import static io.orlop.testsupport.Api.patch;
import static io.orlop.testsupport.Api.permission;
import static io.orlop.testsupport.Api.post;
import static io.orlop.testsupport.Api.put;
import static io.orlop.testsupport.Api.robot;
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
import org.junit.jupiter.api.Test;

/** Who may do what with robot accounts, and what they can be given. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RobotRightsTest {
  @Inject Accounts accounts;

  @Test
  void keepsRobotsOfProjectsToTheirAdministrators() {
    Api.Project project = newProject(false);
    Account owner = accounts.newcomer();
    newMember(project, owner, 1);
    Account guest = accounts.newcomer();
    newMember(project, guest, 3);
    Account stranger = accounts.newcomer();

    Response created = post(owner.request(), ROBOTS, ci(project));
    long id = idOf(created);
    String path = BASE + ROBOTS + "/" + id;

    assertThat(get(id)).containsEntry("creator_ref", (int) owner.id());
    assertThat(post(guest.request(), ROBOTS, ci(project)).statusCode()).isEqualTo(403);
    assertThat(post(anonymous(), ROBOTS, ci(project)).statusCode()).isEqualTo(401);
    assertThat(guest.request().get(path).statusCode()).isEqualTo(200);
    assertThat(guest.request().delete(path).statusCode()).isEqualTo(403);
    assertThat(stranger.request().get(path).statusCode()).isEqualTo(403);
    assertThat(stranger.request().get(BASE + ROBOTS + "/987654321").statusCode()).isEqualTo(404);
    assertThat(owner.request().get(BASE + ROBOTS).statusCode()).isEqualTo(403);
    assertThat(put(owner.request(), ROBOTS + "/" + id, changed(id, Map.of())).statusCode())
        .isEqualTo(200);
    assertThat(patch(owner.request(), ROBOTS + "/" + id, Map.of()).statusCode()).isEqualTo(200);
    assertThat(owner.request().delete(path).statusCode()).isEqualTo(200);
  }

  @Test
  void letsProjectAdministratorsGiveAllThatIsOffered() {
    Api.Project project = newProject(false);
    Account owner = accounts.newcomer();
    newMember(project, owner, 1);
    String[] offered =
        owner
            .request()
            .get(BASE + "/permissions")
            .jsonPath()
            .<Map<String, String>>getList("project")
            .stream()
            .map(pair -> pair.get("resource") + ":" + pair.get("action"))
            .toArray(String[]::new);

    Response created =
        post(
            owner.request(),
            ROBOTS,
            robot("all", "project", List.of(permission("project", project.name(), offered))));

    assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
  }

  @Test
  void givesNoRobotMoreThanItsCreatorHas() {
    Api.Project mine = newProject(false);
    Api.Project other = newProject(true);
    Api.Robot creator =
        newSystemRobot(
            List.of(
                permission("system", "/", "robot:create", "user:list"),
                permission("project", mine.name(), "repository:push", "robot:create")));

    assertThat(made(creator, "system", permission("system", "/", "user:list"))).isEqualTo(201);
    assertThat(made(creator, "system", permission("system", "/", "user:delete"))).isEqualTo(403);
    assertThat(made(creator, "system", permission("project", mine.name(), "repository:pull")))
        .isEqualTo(201);
    assertThat(made(creator, "system", permission("project", mine.name(), "tag:delete")))
        .isEqualTo(403);
    assertThat(made(creator, "system", permission("project", "*", "repository:pull")))
        .isEqualTo(403);
    // What everybody may do is not the robot's to give.
    assertThat(made(creator, "system", permission("project", other.name(), "repository:pull")))
        .isEqualTo(403);
    assertThat(made(creator, "project", permission("project", mine.name(), "repository:push")))
        .isEqualTo(201);
    assertThat(made(creator, "project", permission("project", mine.name(), "member:create")))
        .isEqualTo(403);
  }

  private static int made(Api.Robot creator, String level, Map<String, Object> permission) {
    Response answer =
        post(creator.request(), ROBOTS, robot(newName("child"), level, List.of(permission)));
    if (answer.statusCode() == 403) {
      assertThat(code(answer)).isEqualTo("DENIED");
    } else {
      assertThat(get(idOf(answer)))
          .containsEntry("creator_type", "robot")
          .containsEntry("creator_ref", (int) creator.id());
    }
    return answer.statusCode();
  }

  @Test
  void letsNobodyTakeOverARobotThatMayMore() {
    Api.Project project = newProject(false);
    Account keeper = accounts.newcomer();
    newMember(project, keeper, Api.newRole(List.of("robot:update", "robot:read"), List.of()));
    Api.Robot robot = newProjectRobot(project, "repository:push");

    Response patched = patch(keeper.request(), ROBOTS + "/" + robot.id(), Map.of());

    assertThat(patched.statusCode()).isEqualTo(403);
    assertThat(
            post(keeper.request(), ROBOTS + "/" + robot.id() + "/secrets", Map.of()).statusCode())
        .isEqualTo(403);
    assertThat(signsIn(robot.name(), robot.secret())).isTrue();
  }
}
