package io.orlop.platform.event;

import java.util.OptionalLong;

/**
 * An account that makes a request.
 *
 * @param name its name; empty for nobody in particular
 * @param robotId the robot account, if it is one
 * @param tokenId the personal token that was used, if one was
 */
public record Caller(String name, OptionalLong robotId, OptionalLong tokenId) {

  /** Returns a caller of whom no more is known than the name. */
  public static Caller named(String name) {
    return new Caller(name, OptionalLong.empty(), OptionalLong.empty());
  }
}
