package io.orlop.api.robot;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RobotListTest {
  private static final String PATH = BASE + "/robots";

  @Inject Accounts accounts;

  private static Response list(RequestSpecification caller, String q) {
    return caller.queryParam("q", q).get(PATH);
  }

  @Test
  void listsTheRobotsOfOneProjectByName() {
    Api.Project project = newProject(false);
    Api.Robot one = newProjectRobot(project, "repository:pull");
    Api.Robot two = newProjectRobot(project, "repository:push", "tag:list");
    newProjectRobot(newProject(false), "repository:pull");
    String q = "Level=project,ProjectID=" + project.id();

    Response all = list(admin(), q);

    assertThat(all.jsonPath().getList("name", String.class))
        .containsExactlyInAnyOrder(one.name(), two.name())
        .isSorted();
    assertThat(all.header("X-Total-Count")).isEqualTo("2");
    assertThat(all.jsonPath().getList("level")).containsOnly("project");
    assertThat(all.jsonPath().getList("find { it.id == " + two.id() + " }.permissions[0].access"))
        .hasSize(2);
    Response found = list(admin(), q + ",name=~" + one.name().substring(one.name().length() - 9));
    assertThat(found.jsonPath().getList("id", Long.class)).containsExactly(one.id());
    Response page = list(admin().queryParam("page_size", 1).queryParam("sort", "-name"), q);
    assertThat(page.jsonPath().getList("name"))
        .containsExactly(List.of(one.name(), two.name()).stream().max(String::compareTo).get());
    assertThat(page.header("X-Total-Count")).isEqualTo("2");
    Response none = list(admin().queryParam("page", 9), q);
    assertThat(none.asString()).isEqualTo("[]");
    assertThat(none.header("X-Total-Count")).isEqualTo("2");
  }

  @Test
  void listsTheRobotsOfTheSystemWhereNobodySaysOtherwise() {
    Api.Robot system = newSystemRobot(List.of(permission("project", "*", "repository:pull")));
    Api.Robot project = newProjectRobot(newProject(false), "repository:pull");

    List<String> names =
        admin().queryParam("page_size", 0).get(PATH).jsonPath().getList("name", String.class);

    assertThat(names).contains(system.name()).doesNotContain(project.name());
    assertThat(list(admin().queryParam("page_size", 0), "Level=system").jsonPath().getList("name"))
        .contains(system.name());
  }

  @Test
  void letsInWhoMayList() {
    Api.Project project = newProject(true);
    Account guest = accounts.newcomer();
    newMember(project, guest, 3);
    Api.Robot lister = newProjectRobot(project, "robot:list");
    Api.Robot systemLister = newSystemRobot(List.of(permission("system", "/", "robot:list")));
    String q = "Level=project,ProjectID=" + project.id();

    assertThat(list(anonymous(), q).statusCode()).isEqualTo(401);
    assertThat(list(accounts.newcomer().request(), q).statusCode()).isEqualTo(403);
    assertThat(list(guest.request(), q).statusCode()).isEqualTo(200);
    assertThat(list(lister.request(), q).statusCode()).isEqualTo(200);
    assertThat(list(accounts.auditor().request(), q).statusCode()).isEqualTo(200);
    assertThat(guest.request().get(PATH).statusCode()).isEqualTo(403);
    assertThat(systemLister.request().get(PATH).statusCode()).isEqualTo(200);
    assertThat(list(admin(), "Level=project,ProjectID=987654321").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Level=project",
        "Level=galaxy",
        "Level=~sys",
        "Level=project,ProjectID=x",
        "Level=project,ProjectID={1 2}",
        "id=x"
      })
  void refusesQuestionsThatMeanNothing(String q) {
    assertThat(list(admin(), q).statusCode()).isEqualTo(400);
  }
}
