package io.orlop.system.bootstrap;

/** The command line or a setting is wrong; the message says which and how it would be right. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
