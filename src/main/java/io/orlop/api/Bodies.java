package io.orlop.api;

import io.orlop.platform.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Bodies of requests. */
public final class Bodies {
  private Bodies() {}

  /**
   * Requires a body, or one of its members.
   *
   * @param name what the contract calls it
   * @throws io.orlop.platform.error.RegistryException UNPROCESSABLE_ENTITY if there is none
   */
  public static <T> T required(@Nullable T given, String name) {
    if (given == null) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception(name + " in body is required");
    }
    return given;
  }
}
