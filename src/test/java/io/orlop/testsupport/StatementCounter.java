package io.orlop.testsupport;

import static org.awaitility.Awaitility.await;

import io.orlop.catalog.upload.RowsOfUploads;
import io.orlop.platform.event.DomainEvent.Administered;
import io.orlop.platform.event.DomainEvents;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * Counts the statements that requests make. The audit log, which is written beside the requests, is
 * held off meanwhile: its writer is let into a lock before the count begins. Uploads that wait for
 * their rows get them before.
 */
@ApplicationScoped
public class StatementCounter {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Database database;
  private final DomainEvents events;
  private final DataSource source;
  private final RowsOfUploads uploads;

  StatementCounter(
      Database database, DomainEvents events, DataSource source, RowsOfUploads uploads) {
    this.uploads = uploads;
    this.database = database;
    this.events = events;
    this.source = source;
  }

  /** Returns how many statements some work makes. */
  public long count(Runnable work) {
    uploads.write();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        statement.execute("LOCK TABLE audit_log IN EXCLUSIVE MODE");
        events.happened(new Administered(OptionalLong.empty(), "create", "thing", "to wait for"));
        await().atMost(PATIENCE).until(() -> somebodyWaits(statement));
        long before = database.statements();
        work.run();
        return database.statements() - before;
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean somebodyWaits(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT FROM pg_locks WHERE relation = 'audit_log'::regclass AND NOT granted")) {
      return rows.next();
    }
  }
}
