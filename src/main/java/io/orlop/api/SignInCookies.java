package io.orlop.api;

import io.orlop.platform.http.PublicUrls;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.NewCookie.SameSite;

/** The cookies of people who are signed in, with the names that Harbor's clients know. */
@ApplicationScoped
public class SignInCookies {
  /** Holds the session. */
  public static final String SESSION = "sid";

  /** Holds what the token against forged requests is made of. */
  static final String CSRF = "_gorilla_csrf";

  private final PublicUrls urls;

  SignInCookies(PublicUrls urls) {
    this.urls = urls;
  }

  /** Makes the cookie of a session, which ends with the browser. */
  public NewCookie session(String value, HttpServerRequest request) {
    return cookie(SESSION, value, SameSite.LAX, request).build();
  }

  /** Makes a cookie that ends the one of the session. */
  public NewCookie endOfSession(HttpServerRequest request) {
    return cookie(SESSION, "", SameSite.LAX, request).maxAge(0).build();
  }

  NewCookie csrf(String value, HttpServerRequest request) {
    return cookie(CSRF, value, SameSite.STRICT, request).build();
  }

  private NewCookie.Builder cookie(
      String name, String value, SameSite sameSite, HttpServerRequest request) {
    return new NewCookie.Builder(name)
        .value(value)
        .path("/")
        .httpOnly(true)
        .secure(urls.of(request).scheme().equals("https"))
        .sameSite(sameSite);
  }
}
