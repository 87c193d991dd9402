package io.orlop.identity.user;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import java.util.regex.Pattern;

/** What people say about themselves. */
public record UserProfile(String email, String realname, String comment) {
  private static final int MAX_LENGTH = 255;
  private static final int MAX_COMMENT = 30;

  /** A name or a quoted one, and a host or an address in brackets: what Harbor takes. */
  private static final Pattern EMAIL =
      Pattern.compile(
          "([^<>()\\[\\]\\\\.,;:\\s@\"\\p{Cntrl}]++(\\.[^<>()\\[\\]\\\\.,;:\\s@\"\\p{Cntrl}]++)*+"
              + "|\"[^\"\\p{Cntrl}]+\")"
              + "@(\\[[0-9]{1,3}(\\.[0-9]{1,3}){3}]|([a-zA-Z0-9-]++\\.)+[a-zA-Z]{2,})");

  private static final Pattern NOT_IN_REALNAME = Pattern.compile("[,~#$%\\p{Cntrl}]");

  /**
   * Checks what somebody sent.
   *
   * @throws RegistryException BAD_REQUEST naming what Harbor would not take
   */
  public UserProfile {
    if (email.isEmpty()) {
      throw ErrorCode.BAD_REQUEST.exception("email can't be empty");
    }
    if (email.length() > MAX_LENGTH) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception(
          "email in body should be at most " + MAX_LENGTH + " chars long");
    }
    if (!EMAIL.matcher(email).matches()) {
      throw ErrorCode.BAD_REQUEST.exception("email with illegal format");
    }
    if (realname.isEmpty() || realname.length() > MAX_LENGTH) {
      throw ErrorCode.BAD_REQUEST.exception("realname with illegal length");
    }
    if (NOT_IN_REALNAME.matcher(realname).find()) {
      throw ErrorCode.BAD_REQUEST.exception("realname contains illegal characters");
    }
    if (comment.length() > MAX_COMMENT) {
      throw ErrorCode.BAD_REQUEST.exception("comment with illegal length");
    }
    if (comment.indexOf(0) >= 0) {
      throw ErrorCode.BAD_REQUEST.exception("comment contains illegal characters");
    }
  }
}
