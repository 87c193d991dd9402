package io.orlop.oci;

/** A text that should be a {@link MediaType} is none. */
public final class InvalidMediaTypeException extends InvalidValueException {
  private static final long serialVersionUID = 1L;

  InvalidMediaTypeException(String text, String reason) {
    super("media type", text, reason);
  }
}
