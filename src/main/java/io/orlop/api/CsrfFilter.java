package io.orlop.api;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.http.PublicUrls;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that another site's page makes a browser send.
 *
 * <p>Only what a browser sends by itself can be forged: requests that carry the cookie of a session
 * and no credentials of their own, and those to sign in and out. Each answer to one of them brings
 * a token, the refusal too; whoever changes something sends it back.
 *
 * @see <a
 *     href="https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html">OWASP,
 *     Cross-Site Request Forgery Prevention</a>
 */
class CsrfFilter {
  private static final String TOKEN = "X-Harbor-CSRF-Token";
  private static final String SECRET = "orlop.csrf";
  private static final String NEW_COOKIE = "orlop.csrf.cookie";
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final int BEFORE_AUTHENTICATION = Priorities.AUTHENTICATION - 2;

  private final CsrfTokens tokens = new CsrfTokens();
  private final SignInCookies cookies;
  private final PublicUrls urls;

  CsrfFilter(SignInCookies cookies, PublicUrls urls) {
    this.cookies = cookies;
    this.urls = urls;
  }

  @ServerRequestFilter(priority = BEFORE_AUTHENTICATION)
  @ApiDoor
  public void check(ContainerRequestContext context, HttpServerRequest request) {
    if (!canBeForged(context)) {
      return;
    }
    String cookie = cookie(context, SignInCookies.CSRF);
    if (cookie != null && CsrfTokens.isCookie(cookie)) {
      context.setProperty(SECRET, cookie);
    } else {
      String secret = tokens.newCookie();
      context.setProperty(SECRET, secret);
      context.setProperty(NEW_COOKIE, cookies.csrf(secret, request));
    }
    if (!SAFE.contains(context.getMethod())) {
      requireOwnSite(context, request);
      requireToken(context.getHeaderString(TOKEN), cookie);
    }
  }

  @ServerResponseFilter
  @ApiDoor
  public void mark(ContainerRequestContext context, ContainerResponseContext response) {
    if (context.getProperty(SECRET) instanceof String secret) {
      response.getHeaders().putSingle(TOKEN, tokens.token(secret));
    }
    if (context.getProperty(NEW_COOKIE) instanceof NewCookie cookie) {
      response.getHeaders().add(HttpHeaders.SET_COOKIE, cookie);
    }
  }

  private static boolean canBeForged(ContainerRequestContext context) {
    boolean session = cookie(context, SignInCookies.SESSION) != null;
    boolean signIn = context.getUriInfo().getPath().startsWith("/c/");
    return signIn || (session && context.getHeaderString(HttpHeaders.AUTHORIZATION) == null);
  }

  /** Browsers say where a request comes from; whoever can set our cookies is still another site. */
  private void requireOwnSite(ContainerRequestContext context, HttpServerRequest request) {
    String origin = context.getHeaderString("Origin");
    String site = context.getHeaderString("Sec-Fetch-Site");
    boolean foreign =
        origin == null
            ? site != null && !site.equals("same-origin") && !site.equals("none")
            : !isOurs(origin, request);
    if (foreign) {
      throw refused("the request comes from another site");
    }
  }

  private boolean isOurs(String origin, HttpServerRequest request) {
    String own = urls.of(request).scheme() + "://" + urls.of(request).authority();
    return origin.equalsIgnoreCase(own);
  }

  private static void requireToken(@Nullable String token, @Nullable String cookie) {
    if (token == null || token.isEmpty()) {
      throw refused("CSRF token not found in request");
    }
    if (cookie == null || !CsrfTokens.belong(token, cookie)) {
      throw refused("CSRF token invalid");
    }
  }

  private static RegistryException refused(String why) {
    return ErrorCode.FORBIDDEN.exception(why);
  }

  private static @Nullable String cookie(ContainerRequestContext context, String name) {
    return Optional.ofNullable(context.getCookies().get(name)).map(Cookie::getValue).orElse(null);
  }
}
