package io.orlop.system;

import org.jspecify.annotations.Nullable;

/**
 * Orlop cannot start for a reason that the operator can do something about. The message says what
 * is wrong and what to do; it is shown alone, without a stack trace.
 */
public final class StartRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Refuses the start. */
  public StartRefusedException(String message) {
    this(message, null);
  }

  /** Refuses the start because of another failure, whose own message the text should include. */
  public StartRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
