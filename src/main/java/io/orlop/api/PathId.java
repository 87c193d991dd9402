package io.orlop.api;

import io.orlop.platform.error.ErrorCode;

/** Ids in paths. */
public final class PathId {
  private PathId() {}

  /**
   * Reads an id.
   *
   * @param name what the contract calls the parameter
   * @throws io.orlop.platform.error.RegistryException UNPROCESSABLE_ENTITY if it is no number
   */
  public static long parse(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ErrorCode.UNPROCESSABLE_ENTITY
          .exception(name + " in path must be of type int64")
          .causedBy(e);
    }
  }
}
