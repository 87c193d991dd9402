package io.orlop.testsupport;

import io.orlop.platform.persistence.SoleWriter;
import io.orlop.system.postgres.EmbeddedPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives {@code @QuarkusTest}s the embedded PostgreSQL, with an empty database, data folder and
 * master key of this virtual machine's own. Use it as
 * {@code @WithTestResource(EmbeddedDatabase.class)}.
 *
 * <p>PostgreSQL is started by the first test that needs it and stopped when the virtual machine
 * ends. Its folder below {@code target} is kept, so that the next run starts at once.
 */
public final class EmbeddedDatabase implements QuarkusTestResourceLifecycleManager {
  /** Test classes may be loaded several times in one virtual machine; system properties are not. */
  private static final String URL = "embedded-database.database-url";

  /** The password of {@code admin}. */
  public static final String ADMIN_PASSWORD = "Orlop-tests-1";

  private static final String PASSWORD = "embedded-database.database-password";
  private static final String DATA = "embedded-database.data";

  @Override
  public Map<String, String> start() {
    synchronized (System.getProperties()) {
      if (System.getProperty(URL) == null) {
        launch();
      }
    }
    return Map.of(
        "orlop.database.url",
        System.getProperty(URL),
        "orlop.database.user",
        "orlop",
        "orlop.database.password",
        System.getProperty(PASSWORD),
        // Actors of a play that are paused keep theirs, and up to eight play at once.
        "orlop.database.connections",
        "12",
        "orlop.data",
        System.getProperty(DATA),
        "orlop.admin.password",
        ADMIN_PASSWORD,
        "orlop.master-key",
        "dGVzdHMgb25seSwgbmV2ZXIgYSByZWFsIGtleSAhISE=",
        // As in the product: nobody else changes what is in this virtual machine's database.
        SoleWriter.OPTIONS_PROPERTY,
        SoleWriter.OPTIONS);
  }

  @Override
  public void stop() {
    // Other test classes go on using it.
  }

  private static void launch() {
    try {
      EmbeddedPostgres postgres = EmbeddedPostgres.prepare(ownFolder());
      postgres.start(new Printer());
      Runtime.getRuntime().addShutdownHook(new Thread(postgres::stop));
      String database = "test_" + ProcessHandle.current().pid();
      recreate(postgres, database);
      Path target = Files.createDirectories(Path.of("target", "test-data"));
      System.setProperty(DATA, Files.createTempDirectory(target, "data-").toString());
      System.setProperty(PASSWORD, postgres.password());
      System.setProperty(URL, postgres.jdbcUrl(database));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A folder that no other virtual machine uses at this moment. */
  private static Path ownFolder() throws IOException {
    for (int number = 1; ; number++) {
      Path folder = Files.createDirectories(Path.of("target", "test-postgres-" + number));
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      // Held until the virtual machine ends.
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        return folder.resolve("postgres");
      }
      channel.close();
    }
  }

  private static void recreate(EmbeddedPostgres postgres, String database) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl("postgres"), "postgres", postgres.password());
        Statement statement = connection.createStatement()) {
      for (String leftover : databasesOfEarlierRuns(statement)) {
        statement.execute("DROP DATABASE " + leftover);
      }
      statement.execute("CREATE DATABASE " + database + " OWNER orlop");
    }
  }

  private static List<String> databasesOfEarlierRuns(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (var rows =
        statement.executeQuery("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static final class Printer implements EmbeddedPostgres.Listener {
    @Override
    public void recovering() {
      System.err.println("The tests' PostgreSQL is recovering after a crash");
    }

    @Override
    public void givenUp(String reason) {
      System.err.println(reason);
    }
  }
}
