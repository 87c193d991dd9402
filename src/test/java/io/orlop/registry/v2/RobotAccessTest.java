package io.orlop.registry.v2;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Api.BASE;
import static io.orlop.testsupport.Api.newProject;
import static io.orlop.testsupport.Api.newProjectRobot;
import static io.orlop.testsupport.Api.newSystemRobot;
import static io.orlop.testsupport.Api.permission;

import io.orlop.testsupport.Account;
import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.Api;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What robot accounts and custom roles may do through the registry API. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RobotAccessTest {
  @Inject TestRegistry registry;
  private Api.Project mine;
  private Api.Project other;

  @BeforeEach
  void openProjects() {
    mine = newProject(false);
    other = newProject(false);
    registry.as(registry.administrator()).repository(mine.name() + "/app").pushImage("v1");
    registry.as(registry.administrator()).repository(other.name() + "/app").pushImage("v1");
  }

  private RepositoryClient byToken(Account account, String repository, String actions) {
    String token = registry.as(account).token("repository:" + repository + ":" + actions);
    return registry.anonymous().bearer(token).repository(repository);
  }

  @Test
  void robotOfAProjectPullsAndPushesThereAlone() {
    Account robot = newProjectRobot(mine, "repository:push").account();
    registry.as(robot).get("/v2/").expect(200);
    registry.anonymous().bearer(registry.as(robot).token()).get("/v2/").expect(200);

    registry.as(robot).repository(mine.name() + "/app").getManifest("v1").expect(200);
    byToken(robot, mine.name() + "/new", "pull,push").pushImage("v2");

    byToken(robot, other.name() + "/app", "pull,push").getManifest("v1").expectError(403, "DENIED");
    registry
        .as(robot)
        .repository(other.name() + "/app")
        .getManifest("v1")
        .expectError(403, "DENIED");
    byToken(robot, mine.name() + "/app", "pull,push,delete")
        .deleteManifest("v1")
        .expectError(403, "DENIED");
  }

  @Test
  void robotThatPullsPushesNothing() {
    Account robot = newProjectRobot(mine, "repository:pull").account();

    RepositoryClient client = byToken(robot, mine.name() + "/app", "pull,push");

    client.getManifest("v1").expect(200);
    client.beginUpload("").expectError(403, "DENIED");
  }

  @Test
  void robotOfTheSystemWorksInAllProjects() {
    Account robot =
        newSystemRobot(List.of(permission("project", "*", "repository:pull"))).account();

    byToken(robot, mine.name() + "/app", "pull").getManifest("v1").expect(200);
    byToken(robot, other.name() + "/app", "pull").getManifest("v1").expect(200);
    byToken(robot, other.name() + "/app", "pull,push").beginUpload("").expectError(403, "DENIED");
    registry.as(robot).get("/v2/_catalog").expectError(403, "DENIED");
  }

  @Test
  void robotListsTheCatalogWithTheRight() {
    Account robot = newSystemRobot(List.of(permission("system", "/", "catalog:read"))).account();

    registry.as(robot).get("/v2/_catalog").expect(200);
    String token = registry.as(robot).token("registry:catalog:*");
    registry.anonymous().bearer(token).get("/v2/_catalog").expect(200);
  }

  @Test
  void robotThatIsDisabledGetsNoFurtherToken() {
    Api.Robot robot = newProjectRobot(mine, "repository:push");
    RepositoryClient earlier = byToken(robot.account(), mine.name() + "/app", "pull");

    admin().delete(BASE + "/robots/" + robot.id());

    registry.as(robot.account()).get("/v2/").expectError(401, "UNAUTHORIZED");
    earlier.getManifest("v1").expect(200); // Until the token ends.
    earlier.beginUpload("").expectError(401, "UNAUTHORIZED");
  }

  @Test
  void customRoleReachesTheRepositoriesOfItsPatterns() {
    int role = Api.newRole(List.of("repository:push", "repository:delete"), List.of("team/**"));
    Account account = registry.newUser();
    Api.newMember(mine, new Accounts.Account(account.id(), account.name()), role);

    byToken(account, mine.name() + "/team/web", "pull,push").pushImage("v1");
    registry.as(account).repository(mine.name() + "/team/a/b").pushImage("v1");
    byToken(account, mine.name() + "/app", "pull,push")
        .getManifest("v1")
        .expectError(403, "DENIED");
    registry
        .as(account)
        .repository(mine.name() + "/app")
        .beginUpload("")
        .expectError(403, "DENIED");
    registry
        .as(account)
        .repository(mine.name() + "/team")
        .beginUpload("")
        .expectError(403, "DENIED");
    registry
        .as(account)
        .repository(mine.name() + "/teams/web")
        .beginUpload("")
        .expectError(403, "DENIED");
    registry.as(account).repository(mine.name() + "/team/web").deleteManifest("v1").expect(202);
  }
}
