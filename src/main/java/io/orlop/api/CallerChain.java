package io.orlop.api;

import io.orlop.identity.Attempt;
import io.orlop.identity.Authentication;
import io.orlop.identity.Principal;
import io.orlop.identity.session.Session;
import io.orlop.identity.session.Sessions;
import io.orlop.identity.token.PersonalTokens;
import io.orlop.platform.http.BasicCredentials;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/**
 * Finds out who makes an API request: by a personal token, by a name and a password, or by a
 * session. A request that brings credentials of its own is not judged by its cookies.
 */
@ApplicationScoped
class CallerChain {
  private static final String BEARER = "Bearer ";
  private static final String NO_RENEWAL = "X-Harbor-No-Session-Renewal";

  private final Authentication authentication;
  private final PersonalTokens tokens;
  private final Sessions sessions;

  CallerChain(Authentication authentication, PersonalTokens tokens, Sessions sessions) {
    this.authentication = authentication;
    this.tokens = tokens;
    this.sessions = sessions;
  }

  /** Returns the caller; anonymous if it brings nothing, or nothing that is right. */
  Principal of(ContainerRequestContext context, String address) {
    String authorization = context.getHeaderString(HttpHeaders.AUTHORIZATION);
    Optional<Principal> caller =
        authorization == null
            ? bySession(context)
            : byToken(authorization, address).or(() -> byPassword(authorization, address));
    return caller.orElse(Principal.ANONYMOUS);
  }

  private Optional<Principal> byToken(String authorization, String address) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    return Optional.of(authorization.substring(BEARER.length()).strip())
        .filter(PersonalTokens::isToken)
        .flatMap(token -> tokens.redeem(token, address))
        .map(Principal.class::cast);
  }

  private Optional<Principal> byPassword(String authorization, String address) {
    return BasicCredentials.parse(authorization)
        .flatMap(basic ->
            authentication.authenticate(new Attempt(basic.username(), basic.password(), address)));
  }

  private Optional<Principal> bySession(ContainerRequestContext context) {
    Cookie cookie = context.getCookies().get(SignInCookies.SESSION);
    boolean renew = context.getHeaderString(NO_RENEWAL) == null;
    return Optional.ofNullable(cookie)
        .map(Cookie::getValue)
        .filter(value -> !value.isEmpty())
        .flatMap(value -> sessions.find(value, renew))
        .map(Session::user);
  }
}
