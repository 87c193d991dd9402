package io.orlop.system.console;

/** Thrown where a command ends because somebody wished it to. */
public final class InterruptedCommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InterruptedCommandException() {
    super("Interrupted");
  }
}
