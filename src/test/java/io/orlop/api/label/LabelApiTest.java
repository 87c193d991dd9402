package io.orlop.api.label;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Accounts.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.MembershipService;
import io.orlop.access.Role;
import io.orlop.testsupport.Accounts;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class LabelApiTest {
  private static final String PATH = "/api/v2.0/labels";

  @Inject Accounts accounts;
  @Inject MembershipService memberships;
  @Inject TestRegistry registry;

  @Test
  void givesBackALabelAsItWasMade() {
    String name = newName();

    Response created =
        create(
            admin(),
            "{\"id\":1,\"name\":\"%s\",\"description\":\"d\",\"color\":\"#FF0000\",\"scope\":\"g\",\"project_id\":5}"
                .formatted(name));

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.asString()).isEmpty();
    assertThat(created.header("Location")).matches("/api/v2\\.0/labels/[0-9]+");
    JsonPath label = admin().get(created.header("Location")).jsonPath();
    assertThat(label.getMap("$"))
        .containsOnlyKeys(
            "id", "name", "description", "color", "scope", "creation_time", "update_time")
        .containsEntry("name", name)
        .containsEntry("scope", "g")
        .containsEntry("color", "#FF0000");
  }

  @Test
  void changesWhatPeopleSeeAndNotWhoseALabelIs() {
    TestRegistry.NewProject project = registry.newPrivateProject();
    String path = projectLabel(project, newName()).header("Location");
    String name = newName();

    Response changed =
        admin()
            .contentType(ContentType.JSON)
            .body("{\"name\":\"%s\",\"scope\":\"g\",\"project_id\":0}".formatted(name))
            .put(path);

    assertThat(changed.statusCode()).isEqualTo(200);
    JsonPath label = admin().get(path).jsonPath();
    assertThat(label.getString("name")).isEqualTo(name);
    assertThat(label.getString("scope")).isEqualTo("p");
    assertThat(label.getLong("project_id")).isEqualTo(project.id());
  }

  @Test
  void takesANameOnceInEachPlace() {
    String name = newName();
    TestRegistry.NewProject project = registry.newPrivateProject();

    assertThat(globalLabel(name).statusCode()).isEqualTo(201);
    assertThat(globalLabel(name).statusCode()).isEqualTo(409);
    assertThat(projectLabel(project, name).statusCode()).isEqualTo(201);
    assertThat(projectLabel(project, name).statusCode()).isEqualTo(409);
    assertThat(projectLabel(registry.newPrivateProject(), name).statusCode()).isEqualTo(201);
    String other = globalLabel(newName()).header("Location");
    assertThat(
            admin()
                .contentType(ContentType.JSON)
                .body("{\"name\":\"%s\"}".formatted(name))
                .put(other)
                .statusCode())
        .isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"x\"}",
        "{\"name\":\"x\",\"scope\":\"z\"}",
        "{\"name\":\"x\",\"scope\":\"p\"}",
        "{\"scope\":\"g\"}",
        "{\"name\":\"\",\"scope\":\"g\"}",
        "{\"name\":\"a\\u0000\",\"scope\":\"g\"}",
        "{\"name\":\"x\",\"scope\":\"g\",\"color\":\"a colour that is too long\"}"
      })
  void refusesWhatIsNoLabel(String body) {
    assertThat(create(admin(), body).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesANameThatIsTooLong() {
    assertThat(globalLabel("x".repeat(129)).statusCode()).isEqualTo(400);
  }

  @Test
  void listsLabelsByScope() {
    TestRegistry.NewProject project = registry.newPrivateProject();
    String stem = newName();
    globalLabel(stem + "-Global");
    projectLabel(project, stem + "-own");

    Response global =
        anonymous().queryParam("scope", "g").queryParam("name", stem + "-g").get(PATH);
    Response own =
        admin().queryParam("scope", "p").queryParam("project_id", project.id()).get(PATH);

    assertThat(global.jsonPath().getList("name")).containsExactly(stem + "-Global");
    assertThat(global.header("X-Total-Count")).isEqualTo("1");
    assertThat(own.jsonPath().getList("name")).containsExactly(stem + "-own");
    assertThat(admin().get(PATH).statusCode()).isEqualTo(400);
    assertThat(admin().queryParam("scope", "p").get(PATH).statusCode()).isEqualTo(400);
    assertThat(
            admin().queryParam("scope", "p").queryParam("project_id", "x").get(PATH).statusCode())
        .isEqualTo(422);
  }

  @Test
  void deletesLabels() {
    String path = globalLabel(newName()).header("Location");

    assertThat(admin().delete(path).statusCode()).isEqualTo(200);
    Response again = admin().delete(path);
    assertThat(again.statusCode()).isEqualTo(404);
    assertThat(again.jsonPath().getString("errors[0].message"))
        .isEqualTo("label " + path.substring(path.lastIndexOf('/') + 1) + " not found");
    assertThat(admin().get(PATH + "/x").statusCode()).isEqualTo(422);
  }

  @Test
  void isForThoseWhoMay() {
    TestRegistry.NewProject project = registry.newPrivateProject();
    Accounts.Account maintainer = accounts.newcomer();
    Accounts.Account guest = accounts.newcomer();
    memberships.assign(project.id(), maintainer.id(), Role.MAINTAINER);
    memberships.assign(project.id(), guest.id(), Role.GUEST);
    String body =
        "{\"name\":\"%s\",\"scope\":\"p\",\"project_id\":%d}".formatted(newName(), project.id());
    String global = globalLabel(newName()).header("Location");

    assertThat(create(guest.request(), body).statusCode()).isEqualTo(403);
    String own = create(maintainer.request(), body).header("Location");
    assertThat(guest.request().get(own).statusCode()).isEqualTo(200);
    assertThat(accounts.newcomer().request().get(own).statusCode()).isEqualTo(403);
    assertThat(anonymous().get(own).statusCode()).isEqualTo(401);
    assertThat(guest.request().delete(own).statusCode()).isEqualTo(403);
    assertThat(maintainer.request().delete(own).statusCode()).isEqualTo(200);
    assertThat(maintainer.request().get(global).statusCode()).isEqualTo(403);
    assertThat(maintainer.request().delete(global).statusCode()).isEqualTo(403);
    assertThat(create(maintainer.request(), "{\"name\":\"x\",\"scope\":\"g\"}").statusCode())
        .isEqualTo(403);
  }

  private static Response globalLabel(String name) {
    return create(admin(), "{\"name\":\"%s\",\"scope\":\"g\"}".formatted(name));
  }

  private static Response projectLabel(TestRegistry.NewProject project, String name) {
    return create(
        admin(),
        "{\"name\":\"%s\",\"scope\":\"p\",\"project_id\":%d}".formatted(name, project.id()));
  }

  private static Response create(RequestSpecification caller, String body) {
    return caller.contentType(ContentType.JSON).body(body).post(PATH);
  }

  private static String newName() {
    return "label-" + UUID.randomUUID();
  }
}
