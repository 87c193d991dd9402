package io.orlop.oci;

/** A text that should name a project, repository or tag does not follow the grammar. */
public final class InvalidNameException extends InvalidValueException {
  private static final long serialVersionUID = 1L;

  InvalidNameException(String what, String text, String reason) {
    super(what, text, reason);
  }
}
