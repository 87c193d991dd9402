package io.orlop.oci;

/** A text that should be a {@link ContentRange} is none. */
public final class InvalidRangeException extends InvalidValueException {
  private static final long serialVersionUID = 1L;

  InvalidRangeException(String text, String reason) {
    super("content range", text, reason);
  }

  InvalidRangeException(String text, String reason, Throwable cause) {
    super("content range", text, reason);
    initCause(cause);
  }
}
