package io.orlop.platform.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
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
   * A {@code WHERE} that always holds, for statements of the hot path that read arrays by {@code
   * unnest(…) WITH ORDINALITY AS q (…, n)}. PostgreSQL plans such a statement anew each time, since
   * it thinks that the plan which it could keep is for ten elements and dearer; that takes seven
   * times as long as a lookup. With this it expects one element in both cases, and keeps the plan.
   */
  public static final String ONE_PLAN = "WHERE q.n BETWEEN 1 AND 1000000";

  private final DataSource dataSource;
  private final TransactionSynchronizationRegistry transactions;
  private final LongAdder statements = new LongAdder();

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
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> result = new ArrayList<>();
      while (rows.next()) {
        result.add(mapper.map(rows));
      }
      return result;
    } catch (SQLException e) {
      throw DatabaseException.of(e);
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
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw DatabaseException.of(e);
    }
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
      Connection connection, String sql, @Nullable Object[] parameters) throws SQLException {
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
          statement.setArray(index, connection.createArrayOf("text", texts.toArray()));
      case byte[] bytes -> statement.setBytes(index, bytes);
      case null, default -> statement.setObject(index, value);
    }
  }
}
