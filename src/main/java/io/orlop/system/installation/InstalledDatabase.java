package io.orlop.system.installation;

import io.orlop.system.StartRefusedException;
import io.orlop.system.bootstrap.DataFolder;
import io.orlop.system.bootstrap.DatabaseConfig;
import io.orlop.system.console.CommandFailedException;
import io.orlop.system.console.Console;
import io.orlop.system.postgres.EmbeddedPostgres;
import io.orlop.system.postgres.RunningPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database of an installation: the external one that settings name, the embedded one that a
 * server runs at the moment, or the embedded one started for as long as this is open.
 */
public final class InstalledDatabase implements AutoCloseable {
  private final PGSimpleDataSource source = new PGSimpleDataSource();
  private final Runnable end;

  private InstalledDatabase(String url, String user, String password, Runnable end) {
    source.setURL(url);
    if (!user.isEmpty()) {
      source.setUser(user);
      source.setPassword(password);
    }
    source.setApplicationName("orlop command");
    source.setTcpKeepAlive(true);
    this.end = end;
  }

  /**
   * Opens the database of an installation that exists.
   *
   * @throws CommandFailedException if there is none
   * @throws StartRefusedException if it cannot be started or its files may not be read
   */
  public static InstalledDatabase open(CommandSettings settings, Console console) {
    if (settings.database().url().isPresent()) {
      return external(settings.database());
    }
    Path postgres = settings.data().resolve("postgres");
    if (!RunningPostgres.isMadeIn(postgres)) {
      throw new CommandFailedException(
          "There is no registry in "
              + settings.data()
              + ": say where it is with --data, or set ORLOP_DATABASE_URL.");
    }
    Optional<DataFolder> folder = DataFolder.tryOpen(settings.data());
    if (folder.isEmpty()) {
      RunningPostgres running = RunningPostgres.find(postgres);
      return new InstalledDatabase(running.jdbcUrl(), running.user(), running.password(), () -> {});
    }
    return embedded(folder.get(), console);
  }

  /**
   * Opens the database of an installation that is being made.
   *
   * @param folder the data folder, which is let go of when this is closed
   */
  public static InstalledDatabase make(
      CommandSettings settings, DataFolder folder, Console console) {
    return settings.database().url().isPresent()
        ? external(settings.database(), folder::close)
        : embedded(folder, console);
  }

  /** Opens the database that settings name, whatever is in it. */
  public static InstalledDatabase external(DatabaseConfig config) {
    return external(config, () -> {});
  }

  private static InstalledDatabase external(DatabaseConfig config, Runnable end) {
    return new InstalledDatabase(
        config.url().orElseThrow(), config.user().orElse(""), config.password().orElse(""), end);
  }

  private static InstalledDatabase embedded(DataFolder folder, Console console) {
    try {
      EmbeddedPostgres postgres = EmbeddedPostgres.prepare(folder.path().resolve("postgres"));
      postgres.start(new Announcer(console));
      return new InstalledDatabase(
          postgres.jdbcUrl(),
          postgres.user(),
          postgres.password(),
          () -> {
            postgres.stop();
            folder.close();
          });
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** Connects anew; the caller closes the connection. */
  public Connection connect() throws SQLException {
    return source.getConnection();
  }

  /** Returns the same for libraries that connect themselves. */
  public DataSource dataSource() {
    return source;
  }

  @Override
  public void close() {
    end.run();
  }

  /** Tells people what PostgreSQL does when it is slow. */
  private record Announcer(Console console) implements EmbeddedPostgres.Listener {
    @Override
    public void recovering() {
      console.tell("PostgreSQL is recovering after a crash");
    }

    @Override
    public void givenUp(String reason) {
      console.tell(reason);
    }
  }
}
