package io.orlop.oci;

/** A text that should be a {@link Digest} is none, or names an algorithm that is not supported. */
public final class InvalidDigestException extends InvalidValueException {
  private static final long serialVersionUID = 1L;

  InvalidDigestException(String text, String reason) {
    super("digest", text, reason);
  }
}
