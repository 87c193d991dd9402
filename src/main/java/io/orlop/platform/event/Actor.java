package io.orlop.platform.event;

import java.util.OptionalLong;

/**
 * Who did something, and how the request came.
 *
 * @param name the name of the account; empty for anonymous
 * @param method how the caller was known: {@code password}, {@code robot_secret}, {@code
 *     personal_token}, {@code token} (a Bearer), {@code session}, {@code anonymous}, {@code system}
 * @param address the client's address
 * @param userAgent what the client calls itself
 * @param requestId the id of the request
 * @param robotId the robot account, if it was one
 * @param tokenId the personal token that was used, if it was one
 */
public record Actor(
    String name,
    String method,
    String address,
    String userAgent,
    String requestId,
    OptionalLong robotId,
    OptionalLong tokenId) {

  /** The registry itself, in no request. */
  public static final Actor SYSTEM =
      new Actor("system", "system", "", "", "", OptionalLong.empty(), OptionalLong.empty());
}
