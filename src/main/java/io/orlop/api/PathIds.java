package io.orlop.api;

import io.orlop.platform.error.ErrorCode;

/** Ids in paths. */
public final class PathIds {
  private PathIds() {}

  /**
   * Reads an id.
   *
   * @throws io.orlop.platform.error.RegistryException UNPROCESSABLE_ENTITY if it is no number
   */
  public static long parse(String parameter, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ErrorCode.UNPROCESSABLE_ENTITY
          .exception(parameter + " in path must be of type int64: " + text)
          .causedBy(e);
    }
  }
}
