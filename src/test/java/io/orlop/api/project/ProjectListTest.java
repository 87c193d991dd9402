package io.orlop.api.project;

import static io.orlop.api.project.Projects.PATH;
import static io.orlop.api.project.Projects.createProject;
import static io.orlop.api.project.Projects.idOf;
import static io.orlop.api.project.Projects.names;
import static io.orlop.api.project.Projects.newName;
import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.MembershipService;
import io.orlop.access.Role;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ProjectListTest {
  @Inject Accounts accounts;
  @Inject MembershipService memberships;
  @Inject Database database;

  @Test
  void listsWhatTheCallerMaySee() {
    String stem = newName();
    createProject(stem + "-open", true);
    createProject(stem + "-shut", false);
    createProject(stem + "-mine", false);
    Accounts.Account member = accounts.newcomer();
    memberships.assign(idOf(stem + "-mine"), member.id(), Role.GUEST);

    assertThat(names(anonymous().queryParam("name", stem))).containsExactly(stem + "-open");
    assertThat(names(member.request().queryParam("name", stem)))
        .containsExactly(stem + "-mine", stem + "-open");
    assertThat(names(admin().queryParam("name", stem)))
        .containsExactly(stem + "-mine", stem + "-open", stem + "-shut");
  }

  @Test
  void filtersLists() {
    String stem = newName();
    createProject(stem + "-open", true);
    createProject(stem + "-shut", false);

    assertThat(names(admin().queryParam("name", stem).queryParam("public", "true")))
        .containsExactly(stem + "-open");
    assertThat(names(admin().queryParam("name", stem).queryParam("public", "false")))
        .containsExactly(stem + "-shut");
    assertThat(names(anonymous().queryParam("name", stem).queryParam("public", "false"))).isEmpty();
    assertThat(names(admin().queryParam("name", stem).queryParam("owner", "admin"))).hasSize(2);
    assertThat(names(admin().queryParam("name", stem).queryParam("owner", "nobody"))).isEmpty();
    assertThat(names(admin().queryParam("name", stem.toUpperCase(Locale.ROOT)))).hasSize(2);
    assertThat(names(admin().queryParam("name", "%"))).isEmpty();
  }

  @Test
  void writesAnEmptyListAsAList() {
    Response answer = admin().queryParam("name", newName()).get(PATH);

    assertThat(answer.asString()).isEqualTo("[]");
    assertThat(answer.header("X-Total-Count")).isEqualTo("0");
    assertThat(answer.header("Link")).isNull();
  }

  @Test
  void pagesLists() {
    String stem = newName();
    for (int i = 0; i < 3; i++) {
      createProject(stem + "-" + i, false);
    }

    Response second =
        admin().queryParam("name", stem).queryParam("page", 2).queryParam("page_size", 1).get(PATH);
    Response beyond = admin().queryParam("name", stem).queryParam("page", 9).get(PATH);
    Response all = admin().queryParam("name", stem).queryParam("page_size", 0).get(PATH);

    assertThat(second.jsonPath().getList("name")).containsExactly(stem + "-1");
    assertThat(second.header("X-Total-Count")).isEqualTo("3");
    assertThat(second.header("Link"))
        .isEqualTo(
            "<%1$s?name=%2$s&page=1&page_size=1>; rel=\"prev\" , <%1$s?name=%2$s&page=3&page_size=1>; rel=\"next\""
                .formatted(PATH, stem));
    assertThat(beyond.asString()).isEqualTo("[]");
    assertThat(beyond.header("X-Total-Count")).isEqualTo("3");
    assertThat(all.jsonPath().getList("$")).hasSize(3);
    assertThat(all.header("Link")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"page_size,101", "page_size,x", "page,x"})
  void refusesPagesThatTheContractForbids(String parameter, String value) {
    assertThat(admin().queryParam(parameter, value).get(PATH).statusCode()).isEqualTo(422);
  }

  @Test
  void followsQueriesAndSorts() {
    String stem = newName();
    createProject(stem + "-a", true);
    createProject(stem + "-b", false);
    createProject(stem + "-c", true);

    assertThat(names(admin().queryParam("q", "name=~" + stem).queryParam("sort", "-name")))
        .containsExactly(stem + "-c", stem + "-b", stem + "-a");
    assertThat(names(admin().queryParam("q", "name=~" + stem + ",public=false")))
        .containsExactly(stem + "-b");
    assertThat(names(admin().queryParam("q", "name=" + stem + "-c"))).containsExactly(stem + "-c");
    assertThat(names(admin().queryParam("q", "name=~" + stem + ",nonsense=1,owner=admin")))
        .hasSize(3);
    assertThat(
            names(
                admin()
                    .queryParam(
                        "q", "project_id={" + idOf(stem + "-a") + " " + idOf(stem + "-b") + "}")
                    .queryParam("sort", "-creation_time")))
        .containsExactly(stem + "-b", stem + "-a");
    assertThat(admin().queryParam("q", "name").get(PATH).statusCode()).isEqualTo(400);
    assertThat(admin().queryParam("q", "project_id=x").get(PATH).statusCode()).isEqualTo(400);
  }

  @Test
  void showsAuditorsAndMembersOfGroupsWhatTheyMaySee() {
    String stem = newName();
    createProject(stem + "-shut", false);
    Accounts.Account auditor = accounts.newcomer();
    Accounts.Account inGroup = accounts.newcomer();
    database.update("UPDATE users SET auditor = true WHERE id = ?", auditor.id());
    long group =
        database.one(
            "INSERT INTO user_group (name, type) VALUES (?, 2) RETURNING id",
            row -> row.getLong(1),
            stem);
    database.update(
        "INSERT INTO user_group_member (group_id, user_id) VALUES (?, ?)", group, inGroup.id());
    database.update(
        "INSERT INTO project_member (project_id, group_id, role) VALUES (?, ?, 3)",
        idOf(stem + "-shut"),
        group);

    assertThat(names(auditor.request().queryParam("name", stem))).hasSize(1);
    assertThat(names(inGroup.request().queryParam("name", stem))).hasSize(1);
    assertThat(names(accounts.newcomer().request().queryParam("name", stem))).isEmpty();
  }

  @Test
  void readsAPageByAsManyStatementsWhateverItsLength() {
    String stem = newName();
    for (int i = 0; i < 5; i++) {
      createProject(stem + "-" + i, false);
    }

    assertThat(statementsFor(stem, 5)).isEqualTo(statementsFor(stem, 1)).isLessThanOrEqualTo(4);
  }

  /** The least of some tries, since work in the background asks, too. */
  private long statementsFor(String stem, int size) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = database.statements();
      names(admin().queryParam("name", stem).queryParam("page_size", size));
      least = Math.min(least, database.statements() - before);
    }
    return least;
  }
}
