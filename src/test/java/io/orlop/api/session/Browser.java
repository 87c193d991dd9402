package io.orlop.api.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;

/** Keeps cookies and the token against forged requests, as a page of Harbor's portal does. */
final class Browser {
  static final String TOKEN = "X-Harbor-CSRF-Token";
  static final String SESSION = "sid";
  static final String CSRF = "_gorilla_csrf";

  private final Map<String, String> cookies = new HashMap<>();
  private String token = "";

  /** Signs somebody in, as clients do it: the first answer is a refusal that brings a token. */
  static Browser signedIn(String name, String password) {
    Browser browser = new Browser();
    assertThat(browser.login(name, password).statusCode()).isEqualTo(403);
    Response answer = browser.login(name, password);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return browser;
  }

  Response login(String principal, String password) {
    return keep(
        request()
            .formParam("principal", principal)
            .formParam("password", password)
            .post("/c/login"));
  }

  Response get(String path) {
    return keep(request().get(path));
  }

  Response delete(String path) {
    return keep(request().delete(path));
  }

  /** Begins a request with all that a page of ours sends. */
  RequestSpecification request() {
    RequestSpecification request = withoutToken();
    return token.isEmpty() ? request : request.header(TOKEN, token);
  }

  /** Begins a request as another site's page makes a browser send it. */
  RequestSpecification withoutToken() {
    return given().cookies(cookies).header("User-Agent", "Mozilla/5.0 (test)");
  }

  String cookie(String name) {
    return cookies.getOrDefault(name, "");
  }

  void forget(String cookie) {
    cookies.remove(cookie);
  }

  Response keep(Response answer) {
    cookies.putAll(answer.getCookies());
    if (answer.header(TOKEN) != null) {
      token = answer.header(TOKEN);
    }
    return answer;
  }
}
