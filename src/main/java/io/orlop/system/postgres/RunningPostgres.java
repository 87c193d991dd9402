package io.orlop.system.postgres;

import io.orlop.system.StartRefusedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The embedded PostgreSQL that another process has started, as a guest sees it.
 *
 * @param jdbcUrl Orlop's own database
 */
public record RunningPostgres(String jdbcUrl, String user, String password) {
  /** Where {@code postmaster.pid} has the port. */
  private static final int PORT_LINE = 3;

  /** Tells whether a database was ever made in a folder. */
  public static boolean isMadeIn(Path folder) {
    return Files.exists(data(folder));
  }

  /**
   * Finds out how to connect to it.
   *
   * @param folder where programs, data, password and logs are
   * @throws StartRefusedException if it does not run now, or its files may not be read
   */
  public static RunningPostgres find(Path folder) {
    Path pidFile = data(folder).resolve("postmaster.pid");
    try {
      List<String> lines = Files.readAllLines(pidFile);
      int port = Integer.parseInt(lines.get(PORT_LINE).strip());
      String password = Files.readString(folder.resolve("password"));
      return new RunningPostgres(
          EmbeddedPostgres.jdbcUrl(port, Cluster.ROLE), Cluster.ROLE, password);
    } catch (NoSuchFileException | NumberFormatException | IndexOutOfBoundsException e) {
      throw new StartRefusedException(
          "Another Orlop uses the data folder, and its database in "
              + folder
              + " does not run now: it may be starting or ending. Try again.",
          e);
    } catch (AccessDeniedException e) {
      throw new StartRefusedException(
          "No permission for " + e.getFile() + ": run this as the account that runs Orlop.", e);
    } catch (IOException e) {
      throw new StartRefusedException("Cannot read " + pidFile + ": " + e, e);
    }
  }

  private static Path data(Path folder) {
    return folder.resolve(PostgresBinaries.MAJOR);
  }
}
