package io.orlop.identity.user;

import io.orlop.identity.token.PersonalTokens;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import java.util.regex.Pattern;

/** Passwords and secrets that people choose. */
public final class Passwords {
  private static final int MAX_LENGTH = 128;
  private static final Pattern STRONG =
      Pattern.compile("(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9]).{8,}", Pattern.DOTALL);

  private Passwords() {}

  /** Tells whether a password or secret follows Harbor's rule for them. */
  public static boolean isStrong(String password) {
    return password.length() <= MAX_LENGTH && STRONG.matcher(password).matches();
  }

  /**
   * Requires that a password is a strong one.
   *
   * @throws RegistryException BAD_REQUEST if it is not
   */
  public static String require(String password) {
    if (!isStrong(password)) {
      throw ErrorCode.BAD_REQUEST.exception(
          "the password or secret must be longer than 8 chars with at least 1 uppercase letter,"
              + " 1 lowercase letter and 1 number, and no longer than "
              + MAX_LENGTH
              + " chars");
    }
    if (PersonalTokens.isToken(password)) {
      throw ErrorCode.BAD_REQUEST.exception(
          "the password or secret must not begin as personal tokens do");
    }
    return password;
  }
}
