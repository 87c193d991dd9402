package io.orlop.platform.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * User name and password of an {@code Authorization: Basic} header.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>
 */
public record BasicCredentials(String username, String password) {
  private static final String SCHEME = "Basic ";

  /** Tells whether a header has this scheme, well-formed or not. */
  public static boolean isBasic(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /** Parses a header; empty if it has another scheme or is malformed. */
  public static Optional<BasicCredentials> parse(@Nullable String header) {
    if (header == null || !isBasic(header)) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      String text = new String(decoded, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new BasicCredentials(text.substring(0, colon), text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Shows the user name only. */
  @Override
  public String toString() {
    return "BasicCredentials[" + username + "]";
  }
}
