package io.orlop.storage;

import org.jspecify.annotations.Nullable;

/** The store cannot do what was asked. */
public class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why, as far as a caller can act on it. */
  public enum Kind {
    /** No such blob or staged upload. */
    NOT_FOUND,
    /** The store is full, or nearly so. */
    NO_SPACE,
    /** The store does not answer or refuses for now; trying again may help. */
    UNAVAILABLE,
    /** The folder or volume that is there is not the store: it may come back. */
    AWAY,
    /** The store is set up wrong: permissions, a missing folder or bucket, a foreign marker. */
    MISCONFIGURED
  }

  private final Kind kind;

  /**
   * Makes the exception.
   *
   * @param message says what was tried, what happened and, where it helps, what to do
   */
  public StorageException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Returns why. */
  public Kind kind() {
    return kind;
  }
}
