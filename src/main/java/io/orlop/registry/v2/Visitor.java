package io.orlop.registry.v2;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.http.PublicUrl;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request at the door.
 *
 * @param authorization its header
 * @param address where the client is
 * @param url the address under which the client sees us
 * @param challenges takes the challenge that a 401 must carry
 */
record Visitor(
    @Nullable String authorization,
    Supplier<String> address,
    Supplier<PublicUrl> url,
    Consumer<String> challenges) {
  private static final String BEARER = "Bearer ";

  /** Returns the token of a Bearer header, or null. */
  @Nullable String token() {
    return authorization != null && bringsToken(authorization)
        ? authorization.substring(BEARER.length()).strip()
        : null;
  }

  /** Tells whether a header is meant to bring a token. */
  static boolean bringsToken(@Nullable String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
  }

  /**
   * Refuses the visitor until it comes with better credentials.
   *
   * @param scope what to ask a token for; empty for none
   * @param error why the token that came is refused; empty if none came
   */
  RegistryException unauthorized(String scope, String error, String message) {
    challenges.accept(Challenge.header(url.get(), scope, error));
    return ErrorCode.UNAUTHORIZED.exception(message);
  }
}
