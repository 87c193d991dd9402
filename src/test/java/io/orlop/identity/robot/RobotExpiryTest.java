package io.orlop.identity.robot;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Api.BASE;
import static io.orlop.testsupport.Api.newProject;
import static io.orlop.testsupport.Api.newProjectRobot;
import static io.orlop.testsupport.Api.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Api;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RobotExpiryTest {
  @Inject RobotExpiry expiry;
  @Inject Warnings warnings;
  @Inject Database database;

  /** Collects what people are warned of. */
  @ApplicationScoped
  static class Warnings {
    private final List<RobotExpiring> heard = new CopyOnWriteArrayList<>();

    void hear(@Observes RobotExpiring warning) {
      heard.add(warning);
    }

    long countOf(Api.Robot robot) {
      return heard.stream().filter(warning -> warning.name().equals(robot.name())).count();
    }
  }

  private static Api.Robot robot(int days) {
    Api.Robot robot = newProjectRobot(newProject(false), "repository:pull");
    String path = "/robots/" + robot.id();
    Map<String, Object> body = new HashMap<>(admin().get(BASE + path).jsonPath().getMap("$"));
    body.put("duration", days);
    assertThat(put(admin(), path, body).statusCode()).isEqualTo(200);
    return robot;
  }

  @Test
  void warnsOnceOfRobotsThatExpireWithinAWeek() {
    Api.Robot soon = robot(3);
    Api.Robot later = robot(30);
    Api.Robot never = robot(-1);

    expiry.run();
    expiry.run();

    assertThat(warnings.countOf(soon)).isEqualTo(1);
    assertThat(warnings.countOf(later)).isZero();
    assertThat(warnings.countOf(never)).isZero();
    MeterRegistry meters = new SimpleMeterRegistry();
    expiry.bindTo(meters);
    assertThat(meters.get("orlop.robots.expiring").gauge().value()).isPositive();
  }

  @Test
  void refusesARobotThatHasExpired() {
    Api.Robot robot = robot(3);
    String path = BASE + "/users/current/permissions";
    assertThat(robot.request().get(path).statusCode()).isEqualTo(200);

    database.update(
        "UPDATE robot SET expires_at = ? WHERE id = ?",
        Instant.now().minus(Duration.ofSeconds(1)),
        robot.id());

    assertThat(robot.request().get(path).statusCode()).isEqualTo(401);
  }
}
