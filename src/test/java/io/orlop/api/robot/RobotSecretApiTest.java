package io.orlop.api.robot;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Api.BASE;
import static io.orlop.testsupport.Api.as;
import static io.orlop.testsupport.Api.idOf;
import static io.orlop.testsupport.Api.newProject;
import static io.orlop.testsupport.Api.newProjectRobot;
import static io.orlop.testsupport.Api.patch;
import static io.orlop.testsupport.Api.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.Api;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RobotSecretApiTest {
  @Inject Accounts accounts;
  private Api.Robot robot;
  private String path;

  @BeforeEach
  void makeARobot() {
    robot = newProjectRobot(newProject(false), "repository:pull");
    path = "/robots/" + robot.id() + "/secrets";
  }

  private boolean signsIn(String secret) {
    return as(robot.name(), secret).get(BASE + "/users/current/permissions").statusCode() == 200;
  }

  @Test
  void takesASecondSecretBesideTheFirst() {
    Response made = post(robot.request(), path, Map.of());

    String second = made.jsonPath().getString("secret");
    assertThat(made.header("Location")).isEqualTo(BASE + path + "/" + idOf(made));
    assertThat(signsIn(robot.secret())).isTrue();
    assertThat(signsIn(second)).isTrue();
    Response listed = as(robot.name(), second).get(BASE + path);
    assertThat(listed.jsonPath().getList("id")).hasSize(2);
    assertThat(listed.asString()).doesNotContain("\"secret\"");
    assertThat(post(robot.request(), path, Map.of()).statusCode()).isEqualTo(412);
  }

  @Test
  void refusesASecretThatWasDeleted() {
    int first = robot.request().get(BASE + path).jsonPath().getInt("[0].id");
    String second = post(admin(), path, Map.of()).jsonPath().getString("secret");

    Response deleted = as(robot.name(), second).delete(BASE + path + "/" + first);

    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(signsIn(robot.secret())).isFalse();
    assertThat(signsIn(second)).isTrue();
    assertThat(admin().delete(BASE + path + "/" + first).statusCode()).isEqualTo(404);
  }

  @Test
  void endsTheFirstSecretAfterTheOverlap() {
    String second = post(admin(), path, Map.of("overlap", 0)).jsonPath().getString("secret");

    assertThat(signsIn(robot.secret())).isFalse();
    assertThat(signsIn(second)).isTrue();
    assertThat(post(admin(), path, Map.of("overlap", 3600)).statusCode()).isEqualTo(201);
    assertThat(signsIn(second)).isTrue();
    assertThat(admin().get(BASE + path).jsonPath().getString("[0].expires_at")).isNotNull();
    assertThat(post(admin(), path, Map.of("overlap", -1)).statusCode()).isEqualTo(422);
  }

  @Test
  void replacesBothSecretsByOne() {
    String second = post(admin(), path, Map.of()).jsonPath().getString("secret");

    String third = patch(admin(), "/robots/" + robot.id(), Map.of()).jsonPath().getString("secret");

    assertThat(signsIn(robot.secret())).isFalse();
    assertThat(signsIn(second)).isFalse();
    assertThat(signsIn(third)).isTrue();
  }

  @Test
  void isForTheRobotItselfAndThoseWhoMayChangeIt() {
    Api.Robot other = newProjectRobot(newProject(false), "repository:pull");

    assertThat(other.request().get(BASE + path).statusCode()).isEqualTo(403);
    assertThat(post(other.request(), path, Map.of()).statusCode()).isEqualTo(403);
    assertThat(post(accounts.newcomer().request(), path, Map.of()).statusCode()).isEqualTo(403);
    assertThat(post(accounts.auditor().request(), path, Map.of()).statusCode()).isEqualTo(403);
    assertThat(accounts.auditor().request().get(BASE + path).statusCode()).isEqualTo(200);
    int foreign = admin().get(BASE + path).jsonPath().getInt("[0].id");
    assertThat(admin().delete(BASE + "/robots/" + other.id() + "/secrets/" + foreign).statusCode())
        .isEqualTo(404);
  }

  @Test
  void remembersWhenAndFromWhereItWasUsed() {
    assertThat(signsIn(robot.secret())).isTrue();

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(admin().get(BASE + path).jsonPath().getString("[0].last_used_time"))
                .isNotNull());
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(
                    admin()
                        .get(BASE + "/robots/" + robot.id())
                        .jsonPath()
                        .getString("last_used_address"))
                .isNotEmpty());
  }
}
