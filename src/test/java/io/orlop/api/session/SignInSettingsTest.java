package io.orlop.api.session;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Apis.expectEmpty;
import static io.orlop.testsupport.Apis.expectRefusal;
import static io.orlop.testsupport.Apis.json;
import static io.orlop.testsupport.Apis.message;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.identity.SecretHash;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What settings do to accounts and sessions, from the answer to their change on. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class SignInSettingsTest {
  private static final String USERS = "/api/v2.0/users";
  private static final String CURRENT = USERS + "/current";

  @Inject TestRegistry registry;
  @Inject Database database;

  @AfterEach
  void setEverythingBack() {
    set(Map.of("self_registration", false, "session_timeout", 60, "auth_mode", "db_auth"));
  }

  @Test
  void peopleMakeTheirAccountInABrowserWhereThatIsAllowed() {
    set(Map.of("self_registration", true));
    String name = "self-" + UUID.randomUUID();
    Browser browser = new Browser();
    browser.keep(register(browser.withoutToken().cookie(Browser.SESSION, "visitor"), name));

    Response answer = register(browser.request().cookie(Browser.SESSION, "visitor"), name);

    expectEmpty(answer, 201);
    assertThat(as(name, "Passw0rd-1").get(CURRENT).jsonPath().getBoolean("sysadmin_flag"))
        .isFalse();
    set(Map.of("self_registration", false));
    expectRefusal(
        register(browser.request().cookie(Browser.SESSION, "visitor"), name), 401, "unauthorized");
  }

  @Test
  void programsMakeNobodysAccount() {
    Account account = registry.newUser();
    String name = "self-" + UUID.randomUUID();
    set(Map.of("self_registration", true));

    expectRefusal(register(given(), name), 403, "self-registration cannot be triggered via API");
    expectRefusal(
        register(as(account.name(), account.password()), name),
        403,
        "self-registration cannot be triggered via API");
  }

  @Test
  void accountsAreMadeInEveryMode() {
    set(Map.of("auth_mode", "ldap_auth"));

    expectEmpty(register(admin(), "local-" + UUID.randomUUID()), 201);
  }

  @Test
  void sessionsEndWhenTheyAreIdleForTheTimeThatIsSet() {
    Account account = registry.newUser();
    Browser browser = Browser.signedIn(account.name(), account.password());
    database.update(
        "UPDATE user_session SET last_seen_at = ? WHERE cookie_hash = ?",
        Instant.now().minus(Duration.ofMinutes(10)),
        SecretHash.of(browser.cookie(Browser.SESSION)));
    RequestSpecification poll = browser.request().header("X-Harbor-No-Session-Renewal", "true");

    set(Map.of("session_timeout", 5));
    assertThat(poll.get(CURRENT).statusCode()).isEqualTo(401);
    set(Map.of("session_timeout", 9_999_999_999L));
    assertThat(browser.get(CURRENT).statusCode()).isEqualTo(200);
  }

  @Test
  void secretsOfTheCommandLineAreSetWherePeopleSignInElsewhere() {
    Account account = registry.newUser();
    set(Map.of("auth_mode", "oidc_auth"));
    String path = USERS + "/" + account.id() + "/cli_secret";
    String body = "{'secret':'%s'}";
    RequestSpecification program = as(account.name(), account.password());

    expectEmpty(json(program, body.formatted("Str0ng-secret")).put(path), 200);

    assertThat(secret(account)).isEqualTo("Str0ng-secret");
    assertThat(admin().get(USERS + "/" + account.id()).jsonPath().getMap(""))
        .doesNotContainKey("oidc_user_meta");
    assertThat(as(account.name(), "Str0ng-secret").get(CURRENT).jsonPath().getMap(""))
        .containsEntry("username", account.name())
        .doesNotContainKey("oidc_user_meta");
    assertThat(
            RegistryClient.of(registry.url(), account.name(), "Str0ng-secret").askToken().status())
        .isEqualTo(200);
    assertThat(tokens(account).jsonPath().getString("[0].name")).isEqualTo("cli");
    assertThat(
            database.exists(
                "SELECT FROM personal_token t WHERE t::text LIKE '%' || encode(?, 'hex') || '%'",
                "Str0ng-secret".getBytes(StandardCharsets.UTF_8)))
        .isFalse();

    expectEmpty(json(admin(), body.formatted("An0ther-secret")).put(path), 200);
    assertThat(as(account.name(), "Str0ng-secret").get(CURRENT).statusCode()).isEqualTo(401);
    assertThat(as(account.name(), "An0ther-secret").get(CURRENT).statusCode()).isEqualTo(200);
    assertThat(tokens(account).jsonPath().getList("")).hasSize(1);
    set(Map.of("auth_mode", "db_auth"));
    assertThat(as(account.name(), "An0ther-secret").get(CURRENT).statusCode()).isEqualTo(200);
    assertThat(secret(account)).isNull();
  }

  @Test
  void secretsOfTheCommandLineEndLikeOtherTokens() {
    Account account = registry.newUser();
    set(Map.of("auth_mode", "oidc_auth"));
    String path = USERS + "/" + account.id() + "/cli_secret";
    json(admin(), "{'secret':'Str0ng-secret'}").put(path);
    assertThat(as(account.name(), "Str0ng-secret").get(CURRENT).statusCode()).isEqualTo(200);

    long id = tokens(account).jsonPath().getLong("[0].id");
    expectEmpty(as(account.name(), account.password()).delete(CURRENT + "/tokens/" + id), 200);

    assertThat(as(account.name(), "Str0ng-secret").get(CURRENT).statusCode()).isEqualTo(401);
  }

  @Test
  void secretsOfTheCommandLineAreStrongAndOnesOwn() {
    Account account = registry.newUser();
    Account other = registry.newUser();
    set(Map.of("auth_mode", "oidc_auth"));
    String path = USERS + "/" + account.id() + "/cli_secret";

    Response weak = json(as(account.name(), account.password()), "{'secret':'weak'}").put(path);
    assertThat(weak.statusCode()).isEqualTo(400);
    assertThat(message(weak)).startsWith("the password or secret must be longer than 8 chars");
    expectRefusal(
        json(as(other.name(), other.password()), "{'secret':'Str0ng-secret'}").put(path),
        403,
        "Not authorized to update the CLI secret for user: " + account.id());
    expectRefusal(
        json(admin(), "{'secret':'Str0ng-secret'}").put(USERS + "/99999999/cli_secret"),
        404,
        "user 99999999 not found");
  }

  private static @Nullable String secret(Account account) {
    return as(account.name(), account.password())
        .get(CURRENT)
        .jsonPath()
        .getString("oidc_user_meta.secret");
  }

  private static Response tokens(Account account) {
    return as(account.name(), account.password()).get(CURRENT + "/tokens");
  }

  private static Response register(RequestSpecification caller, String name) {
    return json(
            caller,
            "{'username':'%s','email':'%s@x.io','realname':'R','password':'Passw0rd-1'}"
                .formatted(name, name))
        .post(USERS);
  }

  private static RequestSpecification as(String name, String password) {
    return given().auth().preemptive().basic(name, password);
  }

  private static void set(Map<String, Object> values) {
    Response answer =
        admin().contentType("application/json").body(values).put("/api/v2.0/configurations");
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
  }
}
