package io.orlop.api;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Tokens that a page of ours has to send along, and which a page of others cannot read. The cookie
 * holds random bytes, the token is the same bytes under a mask that is new each time, so that
 * compression tells nothing of them.
 */
final class CsrfTokens {
  private static final int LENGTH = 32;

  private final SecureRandom random = new SecureRandom();

  /** Makes the value of a cookie. */
  String newCookie() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
  }

  /** Tells whether a cookie's value is one of ours. */
  static boolean isCookie(String value) {
    return decode(value).filter(bytes -> bytes.length == LENGTH).isPresent();
  }

  /** Makes a token of a cookie. */
  String token(String cookie) {
    byte[] secret = decode(cookie).orElseThrow();
    byte[] token = Arrays.copyOf(bytes(), 2 * LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      token[LENGTH + i] = (byte) (secret[i] ^ token[i]);
    }
    return Base64.getEncoder().encodeToString(token);
  }

  /** Tells whether a token was made of a cookie. */
  static boolean belong(String token, String cookie) {
    byte[] masked = decode(token).orElse(new byte[0]);
    byte[] secret = decode(cookie).orElse(new byte[0]);
    if (masked.length != 2 * LENGTH || secret.length != LENGTH) {
      return false;
    }
    byte[] unmasked = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      unmasked[i] = (byte) (masked[i] ^ masked[LENGTH + i]);
    }
    return MessageDigest.isEqual(unmasked, secret);
  }

  private byte[] bytes() {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Optional<byte[]> decode(String text) {
    try {
      return Optional.of(
          Base64.getDecoder().decode(text.strip().replace('-', '+').replace('_', '/')));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
