package io.orlop.api.session;

import static io.orlop.testsupport.Accounts.admin;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Account;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ThrottleTest {
  private static final String CURRENT = "/api/v2.0/users/current";
  private static final String TOKEN = "/service/token?service=harbor-registry";

  @Inject TestRegistry registry;

  @ParameterizedTest
  @ValueSource(strings = {CURRENT, TOKEN, "/v2/"})
  void refusesTheSixthFailureOfAMinuteWithAWait(String path) {
    Account account = registry.newUser();
    for (int i = 0; i < 5; i++) {
      assertThat(get(account.name(), "wrong-" + i, path).statusCode()).isEqualTo(401);
    }

    Response refused = get(account.name(), "wrong-6", path);

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 30);
    Response right = get(account.name(), account.password(), path);
    assertThat(right.statusCode()).isIn(200, 429);
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> get(account.name(), account.password(), path).statusCode() == 200);
    assertThat(get(account.name(), "wrong", path).statusCode()).isEqualTo(401);
  }

  @Test
  void slowsDownTheSignInFormToo() {
    Account account = registry.newUser();
    Browser browser = new Browser();
    browser.login(account.name(), "wrong");
    for (int i = 0; i < 5; i++) {
      assertThat(browser.login(account.name(), "wrong-" + i).statusCode()).isEqualTo(401);
    }

    assertThat(browser.login(account.name(), "wrong").statusCode()).isEqualTo(429);
  }

  @Test
  void tellsNobodyWhichAccountsExist() {
    for (int i = 0; i < 5; i++) {
      assertThat(get("nobody-at-all", "wrong-" + i, CURRENT).statusCode()).isEqualTo(401);
    }

    assertThat(get("nobody-at-all", "wrong", CURRENT).statusCode()).isEqualTo(429);
  }

  @Test
  void neverHindersThoseWhosePasswordIsRemembered() {
    Account account = registry.newUser();
    Browser browser = Browser.signedIn(account.name(), account.password());
    guess(account);

    assertThat(get(account.name(), account.password(), CURRENT).statusCode()).isEqualTo(200);
    assertThat(browser.get(CURRENT).statusCode()).isEqualTo(200);
  }

  @Test
  void locksNobodyElseOut() {
    Account account = registry.newUser();
    Account other = registry.newUser();
    guess(account);

    assertThat(get(other.name(), other.password(), CURRENT).statusCode()).isEqualTo(200);
    assertThat(admin().get(CURRENT).statusCode()).isEqualTo(200);
  }

  private static void guess(Account account) {
    for (int i = 0; i < 7; i++) {
      assertThat(get(account.name(), "wrong-" + i, CURRENT).statusCode()).isIn(401, 429);
    }
  }

  private static Response get(String name, String password, String path) {
    return given().auth().preemptive().basic(name, password).get(path);
  }
}
