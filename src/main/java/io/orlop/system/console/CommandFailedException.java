package io.orlop.system.console;

import org.jspecify.annotations.Nullable;

/** A command cannot do what was asked. The message is shown alone, without a stack trace. */
public final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Fails for a reason that people can do something about. */
  public CommandFailedException(String message) {
    this(message, null);
  }

  /** Fails because of another failure, whose own message the text should include. */
  public CommandFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
