package io.orlop.platform.persistence;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value of the database that is kept in memory until it changes, see {@link ChangeFeed#keep}.
 *
 * <p>Safe for concurrent use.
 *
 * @param <T> the value
 */
public final class Followed<T> {
  private final Supplier<T> load;
  private final BooleanSupplier current;
  private final BooleanSupplier inTransaction;
  private volatile @Nullable T value;
  private long generation;

  /**
   * Makes one that knows nothing yet.
   *
   * @param load reads the value
   * @param current tells whether changes are heard of
   * @param inTransaction tells whether the value as this thread reads it may never be committed
   */
  Followed(Supplier<T> load, BooleanSupplier current, BooleanSupplier inTransaction) {
    this.load = load;
    this.current = current;
    this.inTransaction = inTransaction;
  }

  /**
   * Returns the value.
   *
   * @throws DatabaseException if it has to be read, and the database does not answer
   */
  public T get() {
    if (!current.getAsBoolean()) {
      return load.get();
    }
    T known = value;
    if (known != null) {
      return known;
    }
    long before = generation();
    T loaded = load.get();
    if (!inTransaction.getAsBoolean()) {
      remember(loaded, before);
    }
    return loaded;
  }

  /**
   * Returns the value as {@link #get} does, but without the database where a transaction is open or
   * just ending: there it is empty unless it is known by heart.
   *
   * @throws DatabaseException if it has to be read, and the database does not answer
   */
  public Optional<T> known() {
    if (!inTransaction.getAsBoolean()) {
      return Optional.of(get());
    }
    return current.getAsBoolean() ? Optional.ofNullable(value) : Optional.empty();
  }

  /** Returns the value if it is known by heart; waits for nothing. */
  public Optional<T> atHand() {
    return current.getAsBoolean() ? Optional.ofNullable(value) : Optional.empty();
  }

  /** What was read before a change must not be remembered after it. */
  private synchronized void remember(T loaded, long before) {
    if (generation == before) {
      value = loaded;
    }
  }

  private synchronized long generation() {
    return generation;
  }

  synchronized void forget() {
    generation++;
    value = null;
  }
}
