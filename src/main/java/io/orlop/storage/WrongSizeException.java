package io.orlop.storage;

import org.jspecify.annotations.Nullable;

/** A blob turns out to have more or fewer bytes than whoever opened it knew it to have. */
public final class WrongSizeException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param what which object or file
   * @param expected in bytes
   * @param cause how the store told it, if it did
   */
  public WrongSizeException(String what, long expected, @Nullable Throwable cause) {
    super(Kind.UNAVAILABLE, what + " does not have the " + expected + " bytes of its blob", cause);
  }
}
