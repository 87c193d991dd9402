package io.orlop.platform.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs explicit SQL with bound parameters. Inside a transaction it uses the transaction's
 * connection, outside of one each statement commits by itself.
 *
 * <p>Parameters are bound by their Java type; a {@code Collection<String>} becomes a {@code
 * text[]}, a {@code long[]} a {@code bigint[]}, an {@link Instant} a {@code timestamptz}.
 * Statements that must not wait for the disk begin with {@link #LAZY_COMMIT}.
 */
@ApplicationScoped
public class Database {

  /**
   * A common table expression named {@code lazy}: a statement that joins it commits without waiting
   * for the disk. A crash of PostgreSQL or of the machine may lose it; the order of commits stays.
   */
  public static final String LAZY_COMMIT =
      "WITH lazy AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)) ";

  /**
   * A transaction that writes nothing but a note into the log which nobody reads: when it has
   * committed, so has everything before it, on the disk.
   */
  private static final String FLUSH = "SELECT pg_logical_emit_message(true, 'orlop', '')";

  /**
   * A {@code WHERE} that always holds, for statements of the hot path that read arrays by {@code
   * unnest(…) WITH ORDINALITY AS q (…, n)}. PostgreSQL plans such a statement anew each time, since
   * it thinks that the plan which it could keep is for ten elements and dearer; that takes seven
   * times as long as a lookup. With this it expects one element in both cases, and keeps the plan.
   */
  public static final String ONE_PLAN = "WHERE q.n BETWEEN 1 AND 1000000";

  private final DataSource dataSource;
  private final TransactionSynchronizationRegistry transactions;
  private final LongAdder statements = new LongAdder();
  private final List<Consumer<String>> hearers = new CopyOnWriteArrayList<>();
  private final List<Runnable> doubters = new CopyOnWriteArrayList<>();

  Database(DataSource dataSource, TransactionSynchronizationRegistry transactions) {
    this.dataSource = dataSource;
    this.transactions = transactions;
  }

  /** Maps the current row of a result. */
  @FunctionalInterface
  public interface RowMapper<T> {
    /** Maps one row; must not move the cursor. */
    T map(ResultSet row) throws SQLException;
  }

  /**
   * Runs a query and maps all its rows.
   *
   * @throws DatabaseException if the database refuses or does not answer
   */
  public <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
    try (Connection connection = connect();
        PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      hear(statement);
      List<T> result = new ArrayList<>();
      while (rows.next()) {
        result.add(mapper.map(rows));
      }
      return result;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Runs a statement that commits by itself and tells in a column {@code lazily} whether it does so
   * without waiting for the disk, so that it keeps its locks for no longer than it runs. Where it
   * does, this waits for the disk afterwards: what has returned from here is as durable as anything
   * else, but others may see it a moment before it is.
   *
   * <p>The wait is a statement of the same connection. So it fails if PostgreSQL has died in
   * between, and with it what it had not yet written.
   *
   * @return the first row, if there is one
   * @throws DatabaseException if the database refuses or does not answer; it may have committed
   * @throws IllegalStateException if it does not commit by itself, since there is a transaction
   */
  public <T> Optional<T> firstDurably(
      String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
    try (Connection connection = connect();
        PreparedStatement statement = prepare(connection, sql, parameters)) {
      boolean lazily = false;
      Optional<T> result = Optional.empty();
      try (ResultSet rows = statement.executeQuery()) {
        hear(statement);
        if (rows.next()) {
          lazily = rows.getBoolean("lazily");
          result = Optional.of(mapper.map(rows));
        }
      }
      if (lazily) {
        flush(connection);
      }
      return result;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void flush(Connection connection) throws SQLException {
    if (inTransaction()) {
      throw new IllegalStateException("The transaction would not wait for the disk");
    }
    try (PreparedStatement statement = prepare(connection, FLUSH);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
    }
  }

  /** Runs a query and maps its first row, if there is one. */
  public <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
    List<T> rows = list(sql, mapper, parameters);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
  }

  /** Runs a query that always has one row, such as an {@code INSERT … RETURNING}. */
  public <T> T one(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
    return first(sql, mapper, parameters)
        .orElseThrow(() -> new IllegalStateException("No row from: " + sql));
  }

  /** Tells whether a query has a row. */
  public boolean exists(String sql, @Nullable Object... parameters) {
    return first(sql, _ -> true, parameters).isPresent();
  }

  /** Runs a statement and returns how many rows it changed. */
  public int update(String sql, @Nullable Object... parameters) {
    try (Connection connection = connect();
        PreparedStatement statement = prepare(connection, sql, parameters)) {
      int changed = statement.executeUpdate();
      hear(statement);
      return changed;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Calls back with each notice that a statement raises, in the thread that runs the statement:
   * before that returns, and within its transaction if there is one. The callback waits for nothing
   * and does not use the database.
   */
  public void onNotice(Consumer<String> hearer) {
    hearers.add(hearer);
  }

  /** Calls back whenever a statement may have changed something although it failed. */
  public void onDoubt(Runnable doubter) {
    doubters.add(doubter);
  }

  private void hear(PreparedStatement statement) throws SQLException {
    for (SQLWarning notice = statement.getWarnings();
        notice != null;
        notice = notice.getNextWarning()) {
      String text = notice.getMessage();
      hearers.forEach(hearer -> hearer.accept(text));
    }
  }

  /** Without a connection nothing was sent, so that nothing can have changed. */
  private Connection connect() {
    try {
      return dataSource.getConnection();
    } catch (SQLException e) {
      throw DatabaseException.of(e);
    }
  }

  private DatabaseException failed(SQLException failure) {
    DatabaseException translated = DatabaseException.of(failure);
    if (translated.kind() == DatabaseException.Kind.UNAVAILABLE) {
      doubters.forEach(Runnable::run);
    }
    return translated;
  }

  /**
   * Makes a query that answers many questions with one statement.
   *
   * @param statement answers them, outside of any transaction but the one of a lone question
   */
  public <Q, A> JointQuery<Q, A> jointly(JointQuery.Statement<Q, A> statement) {
    return new JointQuery<>(statement, this::inTransaction);
  }

  private boolean inTransaction() {
    return transactions.getTransactionStatus() != Status.STATUS_NO_TRANSACTION;
  }

  /** Returns how many statements were run so far. */
  public long statements() {
    return statements.sum();
  }

  /** Reads a {@code timestamptz} that is not null. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private PreparedStatement prepare(
      Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
    statements.increment();
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.length; i++) {
        bind(connection, statement, i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static void bind(
      Connection connection, PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case Instant instant ->
          statement.setObject(index, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
      case Collection<?> texts ->
          // The driver writes arrays of strings as they are, and quotes those of objects as text.
          statement.setArray(index, connection.createArrayOf("text", texts.toArray(String[]::new)));
      case byte[] bytes -> statement.setBytes(index, bytes);
      case null, default -> statement.setObject(index, value);
    }
  }
}
