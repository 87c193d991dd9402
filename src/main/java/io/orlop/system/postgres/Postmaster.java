package io.orlop.system.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** PostgreSQL's main process on a data folder, as its {@code postmaster.pid} tells. */
final class Postmaster {
  /** No process has this id, so PostgreSQL takes a file that names it for a leftover. */
  private static final String NOBODY = String.valueOf(Integer.MAX_VALUE);

  private static final Logger LOG = Logger.getLogger(Postmaster.class);

  private Postmaster() {}

  /**
   * Finds the process that serves a data folder now.
   *
   * @param folder the folder that holds the data folder and PostgreSQL's programs
   */
  static Optional<ProcessHandle> find(Path folder, Path data) {
    return recordedPid(data)
        .flatMap(ProcessHandle::of)
        .filter(process -> process.isAlive() && isOurs(process, folder));
  }

  /**
   * Makes PostgreSQL see a leftover {@code postmaster.pid} as what it is. PostgreSQL itself only
   * asks whether any process has the recorded id, and after a restart of the machine one may.
   *
   * <p>The file is not deleted: its other lines lead PostgreSQL to processes of a dead predecessor
   * that still use the data.
   */
  static void disownForeignPid(Path folder, Path data) throws IOException {
    Optional<Long> pid = recordedPid(data);
    if (pid.isEmpty() || ProcessHandle.of(pid.get()).isEmpty() || find(folder, data).isPresent()) {
      return;
    }
    LOG.infof("Process %d is not PostgreSQL any more; its leftover is put aside", pid.get());
    Path file = pidFile(data);
    List<String> lines = Files.readAllLines(file);
    lines.set(0, NOBODY);
    Files.write(file, lines);
  }

  /**
   * Ends processes of a dead predecessor: they would end by themselves when their query does, and
   * until then PostgreSQL does not start on their data.
   */
  static void endLeftovers(Path folder) {
    List<ProcessHandle> leftovers =
        ProcessHandle.allProcesses().filter(process -> isOurs(process, folder)).toList();
    for (ProcessHandle leftover : leftovers) {
      LOG.infof("Ending process %d that a killed PostgreSQL left", leftover.pid());
      leftover.destroyForcibly();
    }
    for (ProcessHandle leftover : leftovers) {
      // In time, since one that nobody buries counts as alive for ever.
      leftover.onExit().completeOnTimeout(leftover, 3, TimeUnit.SECONDS).join();
    }
  }

  private static Optional<Long> recordedPid(Path data) {
    try {
      List<String> lines = Files.readAllLines(pidFile(data));
      return lines.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(lines.getFirst()));
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** PostgreSQL's programs lie under its own folder, so their path tells whose process it is. */
  private static boolean isOurs(ProcessHandle process, Path folder) {
    String programs = folder + "/bin-";
    ProcessHandle.Info info = process.info();
    return info.command().or(info::commandLine).filter(c -> c.startsWith(programs)).isPresent();
  }

  private static Path pidFile(Path data) {
    return data.resolve("postmaster.pid");
  }
}
