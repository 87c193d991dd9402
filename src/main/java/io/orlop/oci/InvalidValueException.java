package io.orlop.oci;

/**
 * A text does not follow the grammar of the value that it should be. The message is fit to be shown
 * to the client: it names the value, shows at most 80 characters of the text with control
 * characters masked, and says what was expected.
 */
public abstract sealed class InvalidValueException extends IllegalArgumentException
    permits InvalidDigestException,
        InvalidNameException,
        InvalidMediaTypeException,
        InvalidManifestException,
        InvalidRangeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 80;

  InvalidValueException(String what, String text, String reason) {
    super("invalid " + what + " \"" + shown(text) + "\": " + reason);
  }

  /** For values that are too long to be shown, such as a manifest. */
  InvalidValueException(String what, String reason) {
    super("invalid " + what + ": " + reason);
  }

  /** Returns what of a foreign text may stand in a message. */
  static String shown(String text) {
    String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
