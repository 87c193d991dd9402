package io.orlop.api.session;

import static io.orlop.testsupport.Accounts.admin;
import static io.orlop.testsupport.Apis.expectEmpty;
import static io.orlop.testsupport.Apis.expectRefusal;
import static io.orlop.testsupport.Apis.json;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.identity.SecretHash;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class SessionTest {
  private static final String CURRENT = "/api/v2.0/users/current";
  private static final String SESSIONS = CURRENT + "/sessions";

  @Inject TestRegistry registry;
  @Inject Database database;

  @Test
  void signsInWithACookieThatPagesCannotRead() {
    Account account = registry.newUser();
    Browser browser = new Browser();
    assertThat(browser.login(account.name(), account.password()).statusCode()).isEqualTo(403);

    Response answer = browser.login(account.name(), account.password());

    expectEmpty(answer, 200);
    Cookie cookie = answer.getDetailedCookie(Browser.SESSION);
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualTo("Lax");
    assertThat(cookie.isSecured()).isFalse();
    assertThat(cookie.getPath()).isEqualTo("/");
    assertThat(browser.get(CURRENT).jsonPath().getString("username")).isEqualTo(account.name());
  }

  @Test
  void keepsTheCookieFromPlainHttpWhereTheClientSeesHttps() {
    Account account = registry.newUser();
    Browser browser = new Browser();
    browser.login(account.name(), account.password());

    Response answer =
        browser
            .request()
            .header("X-Forwarded-Proto", "https")
            .formParam("principal", account.name())
            .formParam("password", account.password())
            .post("/c/login");

    assertThat(answer.getDetailedCookie(Browser.SESSION).isSecured()).isTrue();
  }

  @Test
  void refusesAWrongPassword() {
    Account account = registry.newUser();
    Browser browser = new Browser();
    browser.login(account.name(), "wrong");

    Response answer = browser.login(account.name(), "wrong");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.asString()).contains("unauthorized");
    assertThat(answer.getCookies()).doesNotContainKey(Browser.SESSION);
  }

  @Test
  void signsOut() {
    Browser browser = signedIn(registry.newUser());
    String session = browser.cookie(Browser.SESSION);

    Response answer = browser.get("/c/log_out");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.getDetailedCookie(Browser.SESSION).getMaxAge()).isZero();
    assertThat(given().cookie(Browser.SESSION, session).get(CURRENT).statusCode()).isEqualTo(401);
    assertThat(given().get("/c/log_out").statusCode()).isEqualTo(200);
  }

  @Test
  void beginsAnotherSessionWithEachSignIn() {
    Account account = registry.newUser();
    Browser browser = signedIn(account);
    String before = browser.cookie(Browser.SESSION);

    assertThat(browser.login(account.name(), account.password()).statusCode()).isEqualTo(200);

    assertThat(browser.cookie(Browser.SESSION)).isNotEqualTo(before);
    assertThat(given().cookie(Browser.SESSION, before).get(CURRENT).statusCode()).isEqualTo(401);
  }

  @Test
  void showsPeopleWhereTheyAreSignedIn() {
    Account account = registry.newUser();
    Browser browser = signedIn(account);
    signedIn(account);
    signedIn(registry.newUser());

    Response list = browser.get(SESSIONS);

    assertThat(list.header("X-Total-Count")).isEqualTo("2");
    assertThat(list.jsonPath().getList("current")).containsExactly(false, true);
    assertThat(list.jsonPath().getList("address")).containsOnly("127.0.0.1");
    assertThat(list.jsonPath().getList("user_agent")).containsOnly("Mozilla/5.0 (test)");
    assertThat(browser.get(SESSIONS + "?page_size=1&page=2").jsonPath().getList("")).hasSize(1);
  }

  @Test
  void endsOneOfThemOrAll() {
    Account account = registry.newUser();
    Browser browser = signedIn(account);
    Browser other = signedIn(account);
    Browser stranger = signedIn(registry.newUser());
    long id = stranger.get(SESSIONS).jsonPath().getLong("[0].id");
    List<Integer> ids = browser.get(SESSIONS).jsonPath().getList("id");

    expectRefusal(browser.delete(SESSIONS + "/" + id), 404, "session " + id + " not found");
    expectEmpty(browser.delete(SESSIONS + "/" + ids.getFirst()), 200);
    assertThat(other.get(CURRENT).statusCode()).isEqualTo(401);
    expectEmpty(browser.delete(SESSIONS), 200);

    assertThat(browser.get(CURRENT).statusCode()).isEqualTo(401);
    assertThat(stranger.get(CURRENT).statusCode()).isEqualTo(200);
  }

  @Test
  void endsWithThePassword() {
    Account account = registry.newUser();
    Browser browser = signedIn(account);

    registry.changePassword(account);

    assertThat(browser.get(CURRENT).statusCode()).isEqualTo(401);
  }

  @Test
  void endsWithTheAccount() {
    Account account = registry.newUser();
    Browser browser = signedIn(account);

    expectEmpty(admin().delete("/api/v2.0/users/" + account.id()), 200);

    assertThat(browser.get(CURRENT).statusCode()).isEqualTo(401);
  }

  @Test
  void losesTheRightsThatItsOwnerLoses() {
    Account account = registry.newUser();
    Browser browser = signedIn(account);
    String flag = "/api/v2.0/users/" + account.id() + "/sysadmin";

    json(admin(), "{'sysadmin_flag':true}").put(flag);
    assertThat(browser.get("/api/v2.0/users").statusCode()).isEqualTo(200);
    json(admin(), "{'sysadmin_flag':false}").put(flag);
    assertThat(browser.get("/api/v2.0/users").statusCode()).isEqualTo(403);
  }

  @Test
  void endsWhenNobodyUsesIt() {
    Browser browser = signedIn(registry.newUser());

    age(browser, "last_seen_at", Duration.ofMinutes(59));
    assertThat(browser.get(CURRENT).statusCode()).isEqualTo(200);
    age(browser, "last_seen_at", Duration.ofMinutes(61));
    assertThat(browser.get(CURRENT).statusCode()).isEqualTo(401);
  }

  @Test
  void livesLongerByBeingUsedButNotByPolling() {
    Browser browser = signedIn(registry.newUser());
    age(browser, "last_seen_at", Duration.ofMinutes(50));

    browser.request().header("X-Harbor-No-Session-Renewal", "true").get(CURRENT);
    assertThat(lastSeen(browser)).isBefore(Instant.now().minus(Duration.ofMinutes(45)));
    browser.get(CURRENT);
    assertThat(lastSeen(browser)).isAfter(Instant.now().minus(Duration.ofMinutes(45)));
  }

  @Test
  void endsAfterADayHoweverBusyItIs() {
    Browser browser = signedIn(registry.newUser());

    age(browser, "created_at", Duration.ofHours(25));

    assertThat(browser.get(CURRENT).statusCode()).isEqualTo(401);
  }

  @Test
  void isKeptAsAHashOnly() {
    Browser browser = signedIn(registry.newUser());

    assertThat(
            database.exists(
                "SELECT FROM user_session WHERE cookie_hash = ?",
                SecretHash.of(browser.cookie(Browser.SESSION))))
        .isTrue();
    assertThat(
            database.exists(
                "SELECT FROM user_session s WHERE s::text LIKE '%' || ? || '%'",
                browser.cookie(Browser.SESSION)))
        .isFalse();
  }

  @Test
  void isNotJudgedWhereOtherCredentialsCome() {
    Browser browser = signedIn(registry.newUser());
    Account other = registry.newUser();

    assertThat(
            browser
                .request()
                .auth()
                .preemptive()
                .basic(other.name(), other.password())
                .get(CURRENT)
                .jsonPath()
                .getString("username"))
        .isEqualTo(other.name());
    assertThat(
            browser
                .request()
                .auth()
                .preemptive()
                .basic(other.name(), "wrong")
                .get(CURRENT)
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void meansNothingToStrangeCookies() {
    for (String value : List.of("x", "%00", "\"\"", "a".repeat(4000))) {
      assertThat(given().header("Cookie", "sid=" + value).get(CURRENT).statusCode()).isEqualTo(401);
    }
  }

  private static Browser signedIn(Account account) {
    return Browser.signedIn(account.name(), account.password());
  }

  private void age(Browser browser, String column, Duration age) {
    assertThat(
            database.update(
                "UPDATE user_session SET " + column + " = ? WHERE cookie_hash = ?",
                Instant.now().minus(age),
                SecretHash.of(browser.cookie(Browser.SESSION))))
        .isOne();
  }

  private Instant lastSeen(Browser browser) {
    return database.one(
        "SELECT last_seen_at FROM user_session WHERE cookie_hash = ?",
        row -> Database.instant(row, "last_seen_at"),
        SecretHash.of(browser.cookie(Browser.SESSION)));
  }
}
