package io.orlop.api.session;

import static io.orlop.testsupport.Apis.expectRefusal;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.testsupport.Account;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class CsrfTest {
  private static final String CURRENT = "/api/v2.0/users/current";

  @Inject TestRegistry registry;
  private Account account = new Account(0, "", "");

  @BeforeEach
  void newAccount() {
    account = registry.newUser();
  }

  @Test
  void refusesToSignInWithoutATokenAndGivesOne() {
    Response refused = new Browser().login(account.name(), account.password());

    expectRefusal(refused, 403, "CSRF token not found in request");
    assertThat(refused.asString()).startsWith("{\"errors\":[{\"code\":\"FORBIDDEN\"");
    assertThat(refused.header(Browser.TOKEN)).hasSize(88);
    Cookie cookie = refused.getDetailedCookie(Browser.CSRF);
    assertThat(cookie.getSameSite()).isEqualTo("Strict");
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getPath()).isEqualTo("/");
  }

  /** As the Terraform provider does in its mode of sessions. */
  @Test
  void takesARequestAgainWithTheTokenOfItsRefusal() {
    Browser browser = signedIn();
    browser.forget(Browser.CSRF);

    Response refused = browser.keep(update(browser.withoutToken()));

    expectRefusal(refused, 403, "CSRF token not found in request");
    assertThat(refused.getCookies()).containsKey(Browser.CSRF);
    assertThat(update(browser.request()).statusCode()).isEqualTo(200);
  }

  @Test
  void givesATokenWithEachAnswerToASession() {
    Browser browser = signedIn();

    Response one = browser.get(CURRENT);
    Response other = browser.get(CURRENT);

    assertThat(one.header(Browser.TOKEN)).isNotEqualTo(other.header(Browser.TOKEN)).hasSize(88);
    assertThat(other.getCookies()).doesNotContainKey(Browser.CSRF);
    for (Response answer : new Response[] {one, other}) {
      assertThat(
              update(browser.withoutToken().header(Browser.TOKEN, answer.header(Browser.TOKEN)))
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAA", "%"})
  void refusesTokensThatAreNotOfTheCookie(String token) {
    expectRefusal(
        update(signedIn().withoutToken().header(Browser.TOKEN, token)), 403, "CSRF token invalid");
  }

  @Test
  void refusesTheTokenOfAnotherBrowser() {
    String stolen = signedIn().get(CURRENT).header(Browser.TOKEN);

    expectRefusal(
        update(signedIn().withoutToken().header(Browser.TOKEN, stolen)), 403, "CSRF token invalid");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, https://evil.example",
    "Origin, null",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void refusesWhatComesFromAnotherSite(String header, String value) {
    expectRefusal(
        update(signedIn().request().header(header, value)),
        403,
        "the request comes from another site");
  }

  @Test
  void takesWhatComesFromOurOwnPages() {
    String own = "http://localhost:" + registry.port();

    assertThat(
            update(
                    signedIn()
                        .request()
                        .header("Origin", own)
                        .header("Sec-Fetch-Site", "same-origin"))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void asksNothingOfProgramsThatBringTheirOwnCredentials() {
    RequestSpecification program =
        given().auth().preemptive().basic(account.name(), account.password());

    Response answer = update(program.cookie(Browser.SESSION, "anything"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().hasHeaderWithName(Browser.TOKEN)).isFalse();
    assertThat(answer.getCookies()).isEmpty();
    assertThat(given().get("/api/v2.0/ping").getCookies()).isEmpty();
  }

  @Test
  void asksForATokenWhereASessionHasEnded() {
    assertThat(update(given().cookie(Browser.SESSION, "long-gone")).statusCode()).isEqualTo(403);
    assertThat(given().cookie(Browser.SESSION, "long-gone").get(CURRENT).statusCode())
        .isEqualTo(401);
  }

  private Browser signedIn() {
    return Browser.signedIn(account.name(), account.password());
  }

  private Response update(RequestSpecification request) {
    return request
        .contentType(ContentType.JSON)
        .body("{\"email\":\"%s@x.io\",\"realname\":\"R\"}".formatted(account.name()))
        .put("/api/v2.0/users/" + account.id());
  }
}
