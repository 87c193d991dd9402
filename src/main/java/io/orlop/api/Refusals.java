package io.orlop.api;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;

/** Sends callers away in Harbor's words. */
public final class Refusals {
  private Refusals() {}

  /** Refuses a caller who lacks the right: 401 for anonymous, 403 for others. */
  public static RegistryException of(ApiCall call) {
    return of(call, ErrorCode.FORBIDDEN.defaultMessage());
  }

  /** Refuses a caller who lacks the right, and tells others than anonymous why. */
  public static RegistryException of(ApiCall call, String message) {
    return call.isAnonymous()
        ? ErrorCode.UNAUTHORIZED.exception("unauthorized")
        : ErrorCode.FORBIDDEN.exception(message);
  }
}
