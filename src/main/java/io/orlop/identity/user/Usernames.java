package io.orlop.identity.user;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import java.util.regex.Pattern;

/** Names that people sign in by. */
public final class Usernames {
  private static final int MAX_LENGTH = 255;

  /** A colon would end the name in Basic credentials; the others are as in Harbor. */
  private static final Pattern FORBIDDEN = Pattern.compile("[,\"~#%$:\\p{Cntrl}]");

  private Usernames() {}

  /**
   * Requires that an account may have a name.
   *
   * @throws RegistryException if it may not
   */
  public static String require(String username) {
    if (username.length() > MAX_LENGTH) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception(
          "username in body should be at most " + MAX_LENGTH + " chars long");
    }
    if (username.isEmpty()) {
      throw ErrorCode.BAD_REQUEST.exception("username with illegal length");
    }
    if (FORBIDDEN.matcher(username).find() || !username.equals(username.strip())) {
      throw ErrorCode.BAD_REQUEST.exception("username contains illegal characters");
    }
    return username;
  }
}
