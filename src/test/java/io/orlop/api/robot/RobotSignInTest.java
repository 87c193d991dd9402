package io.orlop.api.robot;

import static io.orlop.api.robot.Robots.ROBOTS;
import static io.orlop.api.robot.Robots.changed;
import static io.orlop.api.robot.Robots.get;
import static io.orlop.api.robot.Robots.signsIn;
import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Api.BASE;
import static io.orlop.testsupport.Api.message;
import static io.orlop.testsupport.Api.newProject;
import static io.orlop.testsupport.Api.newProjectRobot;
import static io.orlop.testsupport.Api.patch;
import static io.orlop.testsupport.Api.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Api;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which robot accounts get in, by which name and secret. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RobotSignInTest {
  @Test
  void callsRobotsByThePrefixOfTheSettings() {
    Api.Robot robot = newProjectRobot(newProject(false), "repository:pull");
    try {
      put(admin(), "/configurations", Map.of("robot_name_prefix", "bot+"));
      String renamed = robot.name().replace("robot$", "bot+");

      assertThat(get(robot.id())).containsEntry("name", renamed);
      assertThat(signsIn(renamed, robot.secret())).isTrue();
      assertThat(signsIn(robot.name(), robot.secret())).isFalse();
    } finally {
      put(admin(), "/configurations", Map.of("robot_name_prefix", "robot$"));
    }
    assertThat(signsIn(robot.name(), robot.secret())).isTrue();
  }

  @Test
  void refusesTheOldSecretFromTheAnswerOn() {
    Api.Robot robot = newProjectRobot(newProject(false), "repository:pull");
    String path = ROBOTS + "/" + robot.id();

    Response chosen = patch(admin(), path, Map.of("secret", "Another-Secret-1"));

    assertThat(chosen.statusCode()).isEqualTo(200);
    assertThat(chosen.jsonPath().getString("secret")).isEmpty();
    assertThat(signsIn(robot.name(), robot.secret())).isFalse();
    assertThat(signsIn(robot.name(), "Another-Secret-1")).isTrue();
    String made = patch(admin(), path, Map.of("secret", "")).jsonPath().getString("secret");
    assertThat(signsIn(robot.name(), "Another-Secret-1")).isFalse();
    assertThat(signsIn(robot.name(), made)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Short1", "nouppercase1", "NOLOWERCASE1", "NoDigitsHere"})
  void refusesWeakSecrets(String secret) {
    Api.Robot robot = newProjectRobot(newProject(false), "repository:pull");

    Response answer = patch(admin(), ROBOTS + "/" + robot.id(), Map.of("secret", secret));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(signsIn(robot.name(), robot.secret())).isTrue();
  }

  @Test
  void letsNoRobotInThatIsDisabledOrDeleted() {
    Api.Robot robot = newProjectRobot(newProject(false), "repository:pull");
    assertThat(signsIn(robot.name(), robot.secret())).isTrue();
    assertThat(signsIn(robot.name(), robot.secret() + "x")).isFalse();
    assertThat(signsIn(robot.name() + "x", robot.secret())).isFalse();

    put(admin(), ROBOTS + "/" + robot.id(), changed(robot.id(), Map.of("disable", true)));
    assertThat(signsIn(robot.name(), robot.secret())).isFalse();
    put(admin(), ROBOTS + "/" + robot.id(), changed(robot.id(), Map.of("disable", false)));
    assertThat(signsIn(robot.name(), robot.secret())).isTrue();

    assertThat(admin().delete(BASE + ROBOTS + "/" + robot.id()).statusCode()).isEqualTo(200);
    assertThat(signsIn(robot.name(), robot.secret())).isFalse();
    Response gone = admin().get(BASE + ROBOTS + "/" + robot.id());
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(message(gone)).isEqualTo("robot " + robot.id() + " not found");
  }

  @Test
  void letsRobotsInFromTheirAddressesOnly() {
    Api.Robot robot = newProjectRobot(newProject(false), "repository:pull");
    String path = ROBOTS + "/" + robot.id();

    put(admin(), path, changed(robot.id(), Map.of("addresses", List.of("203.0.113.0/24"))));
    assertThat(signsIn(robot.name(), robot.secret())).isFalse();
    assertThat(get(robot.id())).containsEntry("addresses", List.of("203.0.113.0/24"));
    put(admin(), path, changed(robot.id(), Map.of("addresses", List.of("127.0.0.0/8", "::1/128"))));
    assertThat(signsIn(robot.name(), robot.secret())).isTrue();

    Response bad = put(admin(), path, changed(robot.id(), Map.of("addresses", List.of("home"))));
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(message(bad)).contains("addresses");
  }
}
