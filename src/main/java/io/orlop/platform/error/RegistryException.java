package io.orlop.platform.error;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the client is told about. Made by {@link ErrorCode#exception()}, turned into an
 * answer by the mapper of the door that it leaves through.
 */
public final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Entry> entries;

  /** Not the superclass's: whoever says whether there is a stack trace gives the cause for good. */
  private transient @Nullable Throwable cause;

  private transient @Nullable Duration retryAfter;

  /**
   * One entry of the answer's {@code errors}.
   *
   * @param code the code
   * @param message for people
   * @param detail for programs
   */
  public record Entry(ErrorCode code, String message, @Nullable Object detail) {}

  RegistryException(ErrorCode code, String message, @Nullable Object detail) {
    this(List.of(new Entry(code, message, detail)));
  }

  /**
   * Tells the client of several failures at once; the first one's status is the answer's.
   *
   * @param entries at least one
   */
  public RegistryException(List<Entry> entries) {
    super(entries.getFirst().message(), null, false, entries.getFirst().code().status() >= 500);
    this.entries = List.copyOf(entries);
  }

  /** Attaches the cause, for the log. */
  public RegistryException causedBy(Throwable reason) {
    cause = reason;
    return this;
  }

  /** Says after what time the client may try again. */
  public RegistryException retryAfter(Duration time) {
    retryAfter = time;
    return this;
  }

  /** Returns after what time the client may try again; empty if nobody knows. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Returns what was attached. */
  @Override
  public synchronized @Nullable Throwable getCause() {
    return cause;
  }

  /** Returns the code, which gives the status. */
  public ErrorCode code() {
    return entries.getFirst().code();
  }

  /** Returns all that the answer's body lists. */
  public List<Entry> entries() {
    return entries;
  }
}
