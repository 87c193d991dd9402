package io.orlop.api.robot;

import static io.orlop.api.robot.Robots.ROBOTS;
import static io.orlop.api.robot.Robots.changed;
import static io.orlop.api.robot.Robots.ci;
import static io.orlop.api.robot.Robots.get;
import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Api.BASE;
import static io.orlop.testsupport.Api.as;
import static io.orlop.testsupport.Api.code;
import static io.orlop.testsupport.Api.idOf;
import static io.orlop.testsupport.Api.message;
import static io.orlop.testsupport.Api.newName;
import static io.orlop.testsupport.Api.newProject;
import static io.orlop.testsupport.Api.newProjectRobot;
import static io.orlop.testsupport.Api.newSystemRobot;
import static io.orlop.testsupport.Api.permission;
import static io.orlop.testsupport.Api.post;
import static io.orlop.testsupport.Api.put;
import static io.orlop.testsupport.Api.robot;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Api;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RobotApiTest {
  @Test
  void makesARobotOfAProjectAndTellsItsSecretOnce() {
    Api.Project project = newProject(false);

    Response created = post(admin(), ROBOTS, ci(project));

    long id = idOf(created);
    assertThat(created.header("Location")).isEqualTo(BASE + ROBOTS + "/" + id);
    Map<String, Object> body = created.jsonPath().getMap("$");
    assertThat(body)
        .containsOnlyKeys("id", "name", "secret", "creation_time", "expires_at")
        .containsEntry("name", "robot$" + project.name() + "+ci")
        .containsEntry("expires_at", -1);
    assertThat(created.jsonPath().getString("secret"))
        .hasSizeGreaterThanOrEqualTo(32)
        .matches("(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])[A-Za-z0-9]*");
    Map<String, Object> shown = get(id);
    assertThat(shown)
        .containsEntry("name", "robot$" + project.name() + "+ci")
        .containsEntry("level", "project")
        .containsEntry("duration", -1)
        .containsEntry("expires_at", -1)
        .containsEntry("disable", false)
        .containsEntry("editable", true)
        .containsEntry("creator_type", "local")
        .containsEntry("creator_ref", 1)
        .doesNotContainKeys("secret", "description");
    assertThat(shown.get("permissions"))
        .isEqualTo(
            List.of(
                Map.of(
                    "kind",
                    "project",
                    "namespace",
                    project.name(),
                    "access",
                    List.of(Map.of("resource", "repository", "action", "pull")))));
  }

  @Test
  void returnsPermissionsInTheFormAndOrderInWhichTheyCame() {
    Api.Project one = newProject(false);
    Api.Project two = newProject(false);
    List<Map<String, Object>> permissions =
        List.of(
            permission("project", two.name(), "tag:list", "repository:push", "artifact:read"),
            permission("system", "/", "user:list", "project:create"),
            permission("project", "*", "repository:pull"),
            Map.of(
                "kind",
                "project",
                "namespace",
                one.name(),
                "access",
                List.of(
                    Map.of("resource", "repository", "action", "pull", "effect", "allow"),
                    Map.of("resource", "project", "action", "read"))));

    Api.Robot robot = newSystemRobot(permissions);

    assertThat(get(robot.id()).get("permissions")).isEqualTo(permissions);
    assertThat(get(robot.id())).containsEntry("level", "system");
  }

  @Test
  void ignoresTheSecretOfACreation() {
    Map<String, Object> body =
        new HashMap<>(
            robot(newName("r"), "system", List.of(permission("system", "/", "user:list"))));
    body.put("secret", "Chosen-Secret-1");

    Response created = post(admin(), ROBOTS, body);

    assertThat(created.jsonPath().getString("secret")).isNotEqualTo("Chosen-Secret-1");
    assertThat(
            as(created.jsonPath().getString("name"), "Chosen-Secret-1")
                .get(BASE + "/users/current/permissions")
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void countsTheEndFromTheCreation() {
    Response created =
        post(
            admin(),
            ROBOTS,
            robot(newName("r"), "system", List.of(permission("system", "/", "user:list"))));
    long end = created.jsonPath().getLong("expires_at");
    long begin = Instant.parse(created.jsonPath().getString("creation_time")).getEpochSecond();
    assertThat(end).isEqualTo(begin + 30 * 86_400);

    long id = idOf(created);
    put(admin(), ROBOTS + "/" + id, changed(id, Map.of("duration", 2147483647)));

    assertThat(get(id)).containsEntry("expires_at", begin + 2147483647L * 86_400);
  }

  @ParameterizedTest
  @CsvSource({
    "Ci,system,30,system,/,user:list",
    "a+b,system,30,system,/,user:list",
    "'',system,30,system,/,user:list",
    "x,galaxy,30,system,/,user:list",
    "x,system,0,system,/,user:list",
    "x,system,-2,system,/,user:list",
    "x,system,2147483648,system,/,user:list",
    "x,system,30,system,library,user:list",
    "x,system,30,system,/,repository:pull",
    "x,system,30,system,/,configuration:read",
    "x,system,30,project,library,catalog:read",
    "x,system,30,project,library,repository:create",
    "x,system,30,project,/,repository:pull",
    "x,system,30,project,'',repository:pull",
    "x,system,30,galaxy,/,user:list",
    "x,project,30,system,/,user:list",
  })
  void refusesRobotsThatCannotBe(
      String name, String level, long duration, String kind, String namespace, String pair) {
    Map<String, Object> body =
        Map.of(
            "name",
            name,
            "level",
            level,
            "duration",
            duration,
            "permissions",
            List.of(permission(kind, namespace, pair)));

    Response answer = post(admin(), ROBOTS, body);

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo("BAD_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"x\",\"level\":\"system\",\"duration\":1}",
        "{\"name\":\"x\",\"level\":\"system\",\"duration\":1,\"permissions\":[]}",
        "{\"name\":\"x\",\"level\":\"system\",\"duration\":1,\"permissions\":[null]}",
        "{\"name\":\"x\",\"level\":\"system\",\"duration\":1,\"permissions\":[{\"kind\":\"system\",\"namespace\":\"/\",\"access\":[]}]}",
        "{\"name\":\"x\",\"level\":\"system\",\"duration\":1,\"permissions\":[{\"kind\":\"system\",\"namespace\":\"/\",\"access\":[null]}]}",
        "{\"level\":\"system\",\"duration\":1}",
        "{",
      })
  void refusesBodiesWithoutWhatItTakes(String body) {
    assertThat(post(admin(), ROBOTS, body).statusCode()).isEqualTo(400);
  }

  @Test
  void namesTheFieldOfAnotherType() {
    Response answer = post(admin(), ROBOTS, "{\"duration\":\"30\"}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(message(answer)).contains("duration");
  }

  @Test
  void refusesAProjectThatDoesNotExist() {
    Response answer =
        post(
            admin(),
            ROBOTS,
            robot("x", "system", List.of(permission("project", "no-such-p", "tag:list"))));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(message(answer)).isEqualTo("project no-such-p not found");
  }

  @Test
  void refusesANameThatIsTaken() {
    Api.Project project = newProject(false);
    idOf(post(admin(), ROBOTS, ci(project)));

    assertThat(post(admin(), ROBOTS, ci(project)).statusCode()).isEqualTo(409);
    assertThat(post(admin(), ROBOTS, ci(newProject(false))).statusCode()).isEqualTo(201);
  }

  @Test
  void makesOneOfTwoEqualRobotsAtOnce() throws Exception {
    Api.Project project = newProject(false);
    Callable<Integer> creation = () -> post(admin(), ROBOTS, ci(project)).statusCode();
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> answers = both.invokeAll(List.of(creation, creation));
      assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
          .containsExactlyInAnyOrder(201, 409);
    }
  }

  @Test
  void changesAllButNameAndLevel() {
    Api.Robot robot = newSystemRobot(List.of(permission("system", "/", "user:list")));
    List<Map<String, Object>> permissions = List.of(permission("project", "*", "repository:pull"));

    Response answer =
        put(
            admin(),
            ROBOTS + "/" + robot.id(),
            changed(
                robot.id(),
                Map.of("description", "nightly", "disable", true, "permissions", permissions)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.asString()).isEmpty();
    assertThat(get(robot.id()))
        .containsEntry("description", "nightly")
        .containsEntry("disable", true)
        .containsEntry("permissions", permissions)
        .containsEntry("duration", 30);
    Map<String, Object> sparse = new HashMap<>(get(robot.id()));
    sparse.remove("duration");
    sparse.remove("disable");
    put(admin(), ROBOTS + "/" + robot.id(), sparse);
    assertThat(get(robot.id())).containsEntry("duration", 30).containsEntry("disable", false);
  }

  @Test
  void refusesToChangeNameLevelOrProject() {
    Api.Project project = newProject(false);
    Api.Robot robot = newProjectRobot(project, "repository:pull");
    String path = ROBOTS + "/" + robot.id();
    String shortName = robot.name().substring(robot.name().indexOf('+') + 1);

    assertThat(put(admin(), path, changed(robot.id(), Map.of("name", shortName))).statusCode())
        .isEqualTo(400);
    assertThat(put(admin(), path, changed(robot.id(), Map.of("level", "system"))).statusCode())
        .isEqualTo(400);
    List<Map<String, Object>> elsewhere =
        List.of(permission("project", newProject(false).name(), "repository:pull"));
    assertThat(
            put(admin(), path, changed(robot.id(), Map.of("permissions", elsewhere))).statusCode())
        .isEqualTo(400);
    assertThat(put(admin(), path, changed(robot.id(), Map.of())).statusCode()).isEqualTo(200);
  }
}
