package io.orlop.platform.crypto;

import org.jspecify.annotations.Nullable;

/** A secret cannot be decrypted with this master key as what it is said to be. */
public final class WrongKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongKeyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
