package io.orlop.platform.settings;

/** The environment sets a setting to what it cannot be; the message says which. */
public final class InvalidOverridesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidOverridesException(String message, Throwable cause) {
    super(message, cause);
  }

  InvalidOverridesException(String message) {
    super(message);
  }
}
