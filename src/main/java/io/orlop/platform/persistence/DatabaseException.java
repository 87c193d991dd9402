package io.orlop.platform.persistence;

import java.sql.SQLException;
import java.util.Optional;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * PostgreSQL refused a statement or does not answer.
 *
 * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL error
 *     codes</a>
 */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is, by SQLSTATE. */
  public enum Kind {
    /** A unique key is taken; {@link DatabaseException#constraint} says which. */
    UNIQUE_VIOLATION,
    /** A referenced row is gone, or a row is still referenced. */
    FOREIGN_KEY_VIOLATION,
    /** Two transactions collided: the whole transaction may be tried again. */
    CONFLICT,
    /** No connection, or the server is starting, stopping or out of resources. */
    UNAVAILABLE,
    /** A text holds what no text of the database can hold: a NUL. */
    INVALID_TEXT,
    /** Anything else: a defect. */
    OTHER
  }

  private final Kind kind;
  private final @Nullable String constraint;

  private DatabaseException(Kind kind, @Nullable String constraint, SQLException cause) {
    super(cause.getMessage(), cause);
    this.kind = kind;
    this.constraint = constraint;
  }

  /** Translates a failure of JDBC. */
  public static DatabaseException of(SQLException e) {
    return new DatabaseException(kindOf(e), constraintOf(e), e);
  }

  /**
   * Finds a failure of JDBC among the causes of another exception. That of a commit is not the
   * cause of what the transaction manager throws: it hangs beside it.
   */
  public static Optional<DatabaseException> findIn(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof DatabaseException found) {
        return Optional.of(found);
      }
      if (t instanceof SQLException sql) {
        return Optional.of(of(sql));
      }
      for (Throwable beside : t.getSuppressed()) {
        if (beside instanceof XAException) {
          return findIn(beside);
        }
      }
    }
    return Optional.empty();
  }

  /** Tells whether the database was away, or had no room: the same may succeed later. */
  public static boolean isUnavailable(Throwable thrown) {
    return findIn(thrown).filter(found -> found.kind == Kind.UNAVAILABLE).isPresent();
  }

  /** Returns what kind of failure it is. */
  public Kind kind() {
    return kind;
  }

  /** Tells whether a constraint of this name was violated. */
  public boolean violates(String name) {
    return name.equals(constraint);
  }

  /** Returns the name of the constraint that was violated. */
  public Optional<String> constraint() {
    return Optional.ofNullable(constraint);
  }

  private static Kind kindOf(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return switch (state) {
      case "23505" -> Kind.UNIQUE_VIOLATION;
      case "23503" -> Kind.FOREIGN_KEY_VIOLATION;
      case "40001", "40P01" -> Kind.CONFLICT;
      case "22021" -> Kind.INVALID_TEXT;
      // A query without a result: what the driver says of a connection that broke off behind BEGIN.
      case "02000" -> Kind.UNAVAILABLE;
      default ->
          state.isEmpty()
                  || state.startsWith("08")
                  || state.startsWith("57P")
                  || state.startsWith("53")
              ? Kind.UNAVAILABLE
              : Kind.OTHER;
    };
  }

  private static @Nullable String constraintOf(SQLException e) {
    if (e instanceof PSQLException postgres) {
      ServerErrorMessage message = postgres.getServerErrorMessage();
      return message == null ? null : message.getConstraint();
    }
    return null;
  }
}
