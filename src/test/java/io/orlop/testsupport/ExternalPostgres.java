package io.orlop.testsupport;

import io.orlop.system.postgres.EmbeddedPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A PostgreSQL of the test's own, which plays the external one. */
public final class ExternalPostgres implements AutoCloseable {
  private final EmbeddedPostgres postgres;

  private ExternalPostgres(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** Starts one in a new folder, with an empty database. */
  public static ExternalPostgres start() {
    return start(OrlopServer.newData().resolve("postgres"));
  }

  /** Starts one in a folder, with an empty database if the folder is new. */
  public static ExternalPostgres start(Path folder) {
    EmbeddedPostgres postgres = EmbeddedPostgres.prepare(folder);
    postgres.start(new Failing());
    return new ExternalPostgres(postgres);
  }

  /** Returns the settings that make Orlop use it. */
  public Map<String, String> settings() {
    return Map.of(
        "ORLOP_DATABASE_URL", url(),
        "ORLOP_DATABASE_USER", user(),
        "ORLOP_DATABASE_PASSWORD", password());
  }

  /** Makes a server use it. */
  public OrlopServer configure(OrlopServer server) {
    settings().forEach(server::with);
    return server;
  }

  /** Returns the JDBC URL of Orlop's database. */
  public String url() {
    return postgres.jdbcUrl();
  }

  /** Returns the role that owns Orlop's database. */
  public String user() {
    return postgres.user();
  }

  /** Returns the role's password. */
  public String password() {
    return postgres.password();
  }

  /** Returns the port that it listens on. */
  public int port() {
    return URI.create(url().substring("jdbc:".length())).getPort();
  }

  /** Connects to Orlop's database as Orlop does. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), user(), password());
  }

  /** Runs a statement as the superuser, outside of Orlop's database. */
  public void administrate(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    postgres.stop();
  }

  /** Fails the test when PostgreSQL is gone. */
  private static final class Failing implements EmbeddedPostgres.Listener {
    @Override
    public void recovering() {
      // It takes as long as it takes.
    }

    @Override
    public void givenUp(String reason) {
      throw new AssertionError(reason);
    }
  }
}
