package io.orlop.api.token;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Apis.expectEmpty;
import static io.orlop.testsupport.Apis.expectRefusal;
import static io.orlop.testsupport.Apis.json;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.Role;
import io.orlop.identity.SecretHash;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.TestRegistry;
import io.orlop.testsupport.TestRegistry.NewProject;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class PersonalTokenTest {
  private static final String CURRENT = "/api/v2.0/users/current";
  private static final String PATH = CURRENT + "/tokens";
  private static final String PROJECT = "/api/v2.0/projects/";

  @Inject TestRegistry registry;
  @Inject Database database;
  private Account owner = new Account(0, "", "");

  @BeforeEach
  void newOwner() {
    owner = registry.newUser();
  }

  @Test
  void makesATokenThatIsShownOnce() {
    NewProject project = member(Role.DEVELOPER);

    Response created =
        create(
            "{'name':'ci','scope':{'level':'push','projects':['%s']},'expires_at':'2999-01-31T12:00:00Z'}"
                .formatted(project.name()));

    assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
    assertThat(created.header("Location")).matches(PATH + "/[0-9]+");
    assertThat(created.jsonPath().getString("token")).matches("orlop_pat_[A-Za-z0-9_-]{43}");
    Response list = owner().get(PATH);
    assertThat(list.header("X-Total-Count")).isEqualTo("1");
    assertThat(list.jsonPath().getMap("[0]"))
        .containsOnlyKeys("id", "name", "scope", "creation_time", "expires_at")
        .containsEntry("name", "ci")
        .containsEntry("expires_at", "2999-01-31T12:00:00.000Z")
        .containsEntry("scope", Map.of("level", "push", "projects", List.of(project.name())));
  }

  @Test
  void keepsAHashOnly() {
    String token = newToken("admin");

    assertThat(
            database.exists(
                "SELECT FROM personal_token WHERE token_hash = ?", SecretHash.of(token)))
        .isTrue();
    assertThat(
            database.exists(
                "SELECT FROM personal_token t WHERE t::text LIKE '%' || ? || '%'",
                token.substring(10)))
        .isFalse();
  }

  @Test
  void takesTheTokenAsBearerAndAsPassword() {
    String token = newToken("read");

    assertThat(bearer(token).get(CURRENT).jsonPath().getString("username")).isEqualTo(owner.name());
    assertThat(basic(owner.name(), token).get(CURRENT).statusCode()).isEqualTo(200);
    assertThat(basic(registry.newUser().name(), token).get(CURRENT).statusCode()).isEqualTo(401);
    assertThat(bearer(token + "x").get(CURRENT).statusCode()).isEqualTo(401);
    assertThat(bearer("orlop_pat_").get(CURRENT).statusCode()).isEqualTo(401);
  }

  @Test
  void givesRegistryTokensOfItsScopeOnly() {
    NewProject project = member(Role.MAINTAINER);
    String repository = project.name() + "/app";
    String read = newToken("read");
    String push = newToken("push");
    String scope = "repository:" + repository + ":pull,push,delete";

    assertThat(granted(registryToken(read, scope))).containsExactly("pull");
    assertThat(granted(registryToken(push, scope))).containsExactlyInAnyOrder("pull", "push");
    assertThat(granted(registryToken(newToken("admin"), scope)))
        .containsExactlyInAnyOrder("pull", "push", "delete");
    assertThat(client(push).get("/v2/").status()).isEqualTo(200);
  }

  @Test
  void reachesNoOtherProjectThanThoseItIsFor() {
    NewProject inside = member(Role.PROJECT_ADMIN);
    NewProject outside = member(Role.PROJECT_ADMIN);
    String body = "{'name':'one','scope':{'level':'admin','projects':[%d]}}".formatted(inside.id());
    String token = create(body).jsonPath().getString("token");

    assertThat(bearer(token).get(PROJECT + inside.name()).statusCode()).isEqualTo(200);
    assertThat(bearer(token).get(PROJECT + outside.name()).statusCode()).isEqualTo(403);
    assertThat(bearer(token).delete(PROJECT + outside.name()).statusCode()).isEqualTo(403);
    registry.delete(inside);
    registry.newProjectNamed(inside.name(), false);
    assertThat(bearer(token).get(PROJECT + inside.name()).statusCode()).isEqualTo(403);
    assertThat(owner().get(PATH).jsonPath().getList("[0].scope.projects"))
        .containsExactly(Long.toString(inside.id()));
  }

  @Test
  void makesNoAdministratorOfAnAdministratorsReader() {
    Account boss = registry.administrator();
    String path = "/api/v2.0/users";
    String name = "token-" + registry.newName("reader");
    String body = "{'name':'%s','scope':{'level':'read'}}".formatted(name);
    String read =
        json(basic(boss.name(), boss.password()), body).post(PATH).jsonPath().getString("token");

    assertThat(bearer(read).get(path).statusCode()).isEqualTo(200);
    assertThat(
            json(bearer(read), "{'sysadmin_flag':true}")
                .put(path + "/" + owner.id() + "/sysadmin")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void isNoMeansToMakeOrReadOtherCredentials() {
    String token = newToken("admin");

    assertThat(
            json(bearer(token), "{'name':'x','scope':{'level':'admin'}}").post(PATH).statusCode())
        .isEqualTo(403);
    assertThat(bearer(token).get(PATH).statusCode()).isEqualTo(403);
    assertThat(bearer(token).delete(PATH + "/1").statusCode()).isEqualTo(403);
    assertThat(bearer(token).get(CURRENT + "/sessions").statusCode()).isEqualTo(403);
    assertThat(
            given()
                .formParam("principal", owner.name())
                .formParam("password", token)
                .post("/c/login")
                .getCookies())
        .doesNotContainKey("sid");
    assertThat(client(token).get("/service/token?offline_token=true").json().has("refresh_token"))
        .isFalse();
  }

  @Test
  void endsAtOnceWhenItIsRevoked() {
    NewProject project = member(Role.DEVELOPER);
    String token = newToken("push");
    long id = owner().get(PATH).jsonPath().getLong("[0].id");
    Account stranger = registry.newUser();
    assertThat(bearer(token).get(CURRENT).statusCode()).isEqualTo(200);

    expectRefusal(
        basic(stranger.name(), stranger.password()).delete(PATH + "/" + id),
        404,
        "token " + id + " not found");
    expectEmpty(owner().delete(PATH + "/" + id), 200);

    assertThat(bearer(token).get(CURRENT).statusCode()).isEqualTo(401);
    assertThat(basic(owner.name(), token).get(CURRENT).statusCode()).isEqualTo(401);
    assertThat(client(token).get("/v2/" + project.name() + "/app/tags/list").status())
        .isEqualTo(401);
    expectRefusal(owner().delete(PATH + "/" + id), 404, "token " + id + " not found");
  }

  @Test
  void endsWhenItExpiresAndWithTheAccount() {
    String token = newToken("read");
    database.update(
        "UPDATE personal_token SET expires_at = now() - interval '1 second' WHERE token_hash = ?",
        SecretHash.of(token));
    assertThat(bearer(token).get(CURRENT).statusCode()).isEqualTo(401);

    String other = newToken("push");
    expectEmpty(admin().delete("/api/v2.0/users/" + owner.id()), 200);
    assertThat(bearer(other).get(CURRENT).statusCode()).isEqualTo(401);
  }

  @Test
  void remembersWhenAndWhereItWasUsedLast() {
    String token = newToken("read");
    bearer(token).get(CURRENT);

    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> owner().get(PATH).jsonPath().get("[0].last_used_time") != null);
    assertThat(owner().get(PATH).jsonPath().getString("[0].last_used_address"))
        .isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'scope':{'level':'read'}}                                       | 400 | name in body",
        "{'name':' ','scope':{'level':'read'}}                            | 400 | name in body",
        "{'name':'cli','scope':{'level':'read'}}                          | 400 | name in body",
        "{'name':'a\\u0000','scope':{'level':'read'}}                     | 400 | name in body",
        "{'name':'a'}                                                     | 422 | scope.level in body",
        "{'name':'a','scope':{'level':'root'}}                            | 422 | scope.level in body",
        "{'name':'a','scope':{'level':'read','projects':['no-such-one']}} | 400 | scope.projects in body",
        "{'name':'a','scope':{'level':'read','projects':[99999999]}}      | 400 | scope.projects in body",
        "{'name':'a','scope':{'level':'read','projects':[null]}}          | 422 | scope.projects in body",
        "{'name':'a','scope':{'level':'read','projects':'x'}}             | 422 | scope.projects in body",
        "{'name':'a','scope':{'level':'read'},'expires_at':'tomorrow'}    | 400 | expires_at in body",
        "{'name':'a','scope':{'level':'read'},'expires_at':'2001-01-01T00:00:00Z'}       | 400 | expires_at in body",
        "{'name':'a','scope':{'level':'read'},'expires_at':'+999999999-01-01T00:00:00Z'} | 400 | expires_at in body",
        "null                                                             | 422 | token in body",
      })
  void refusesWhatIsNoToken(String body, int status, String message) {
    Response answer = create(body);

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(answer.jsonPath().getString("errors[0].message")).startsWith(message);
  }

  @Test
  void refusesASecondOneOfAName() {
    String body = "{'name':'twice','scope':{'level':'read'}}";
    assertThat(create(body).statusCode()).isEqualTo(201);

    expectRefusal(create(body), 409, "token twice already exists");
  }

  @Test
  void refusesCliSecretsWhereThereAreNone() {
    String path = "/api/v2.0/users/" + owner.id() + "/cli_secret";

    expectRefusal(
        json(owner(), "{'secret':'Str0ng-secret'}").put(path),
        412,
        "unable to update CLI secret under authmode: db_auth");
  }

  private NewProject member(Role role) {
    NewProject project = registry.newPrivateProject();
    registry.assign(project, owner, role);
    return project;
  }

  private String newToken(String level) {
    String name = registry.newName("token");
    return create("{'name':'%s','scope':{'level':'%s'}}".formatted(name, level))
        .jsonPath()
        .getString("token");
  }

  private Response create(String body) {
    return json(owner(), body).post(PATH);
  }

  private RegistryClient client(String token) {
    return RegistryClient.of(registry.url(), owner.name(), token);
  }

  private String registryToken(String token, String scope) {
    return client(token).token(scope);
  }

  private static List<String> granted(String jwt) {
    String payload =
        new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    return JsonPath.from(payload).getList("access[0].actions");
  }

  private RequestSpecification owner() {
    return basic(owner.name(), owner.password());
  }

  private static RequestSpecification basic(String name, String password) {
    return given().auth().preemptive().basic(name, password);
  }

  private static RequestSpecification bearer(String token) {
    return given().header("Authorization", "Bearer " + token);
  }
}
