package io.orlop.system.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.orlop.system.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir static Path prepared;
  @TempDir Path folder;

  private final List<EmbeddedPostgres> started = new ArrayList<>();
  private final RecordingListener listener = new RecordingListener();

  @BeforeAll
  static void prepareOnce() {
    EmbeddedPostgres.prepare(prepared);
  }

  /** Unpacking and initialising take seconds. */
  @BeforeEach
  void copyWhatIsPrepared() {
    List<String> copy = List.of("cp", "-Rp", prepared + "/.", folder.toString());
    assertThat(new Command(folder).run(copy).succeeded()).isTrue();
  }

  @AfterEach
  void stop() {
    started.reversed().forEach(EmbeddedPostgres::stop);
  }

  @Test
  void keepsItsDataOverARestart() throws Exception {
    EmbeddedPostgres first = start();
    execute(first, "CREATE TABLE kept (n int)");
    first.stop();
    assertThat(first.process()).isEmpty();
    execute(start(), "SELECT n FROM kept");
  }

  @Test
  void keepsItsPasswordInAFileForItsOwnerOnly() throws Exception {
    EmbeddedPostgres postgres = start();
    Path file = folder.resolve("password");
    assertThat(file).hasContent(postgres.password());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guessed"))
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void makesAnUnfinishedDatabaseAgain() throws Exception {
    Files.move(folder.resolve("18"), folder.resolve("18.part-1"));
    Files.delete(folder.resolve("18.part-1/global/pg_control"));
    execute(start(), "SELECT 1");
    assertThat(folder.resolve("18.part-1")).doesNotExist();
  }

  @Test
  void neverTouchesAFinishedDatabaseThatDoesNotStart() throws Exception {
    start().stop();
    Path control = folder.resolve("18/global/pg_control");
    byte[] good = Files.readAllBytes(control);
    Files.write(control, new byte[good.length]);
    EmbeddedPostgres broken = EmbeddedPostgres.prepare(folder);
    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(() -> broken.start(listener))
        .withMessageContaining(folder + " does not start. PostgreSQL says:")
        .withMessageContaining("PG_CONTROL_VERSION 0");
    assertThat(folder.resolve("18/base")).isDirectory();

    Files.write(control, good);
    execute(start(), "SELECT 1");
  }

  @Test
  void refusesDataOfAnotherMajorVersion() throws Exception {
    start().stop();
    Files.writeString(folder.resolve("18/PG_VERSION"), "17\n");
    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(() -> EmbeddedPostgres.prepare(folder))
        .withMessageContaining("is a database of PostgreSQL 17, and this Orlop brings");
  }

  @Test
  void refusesFolderOfAnotherMajorVersion() throws Exception {
    Files.move(folder.resolve("18"), folder.resolve("17"));
    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(() -> EmbeddedPostgres.prepare(folder))
        .withMessageContaining("17 is a database of PostgreSQL 17");
  }

  @Test
  void refusesToMakeUpALostPassword() throws Exception {
    start().stop();
    Files.delete(folder.resolve("password"));
    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(() -> EmbeddedPostgres.prepare(folder))
        .withMessageContaining("restore " + folder.resolve("password"));
  }

  @Test
  void stopsOneThatAKilledProcessLeftRunning() throws Exception {
    ProcessHandle orphan = start().process().orElseThrow();
    EmbeddedPostgres next = start();
    assertThat(next.process().orElseThrow().pid()).isNotEqualTo(orphan.pid());
    execute(next, "SELECT 1");
  }

  @Test
  void startsWhenAnotherProcessHasGotThePidOfADeadOne() throws Exception {
    EmbeddedPostgres first = start();
    Path pidFile = folder.resolve("18/postmaster.pid");
    List<String> lines = Files.readAllLines(pidFile);
    first.stop();
    lines.set(0, Long.toString(ProcessHandle.current().pid()));
    Files.write(pidFile, lines);

    EmbeddedPostgres next = start();
    execute(next, "SELECT 1");
  }

  @Test
  void startsAgainOnTheSamePortWhenItsMainProcessIsKilled() throws Exception {
    EmbeddedPostgres postgres = start();
    long killed = postgres.process().orElseThrow().pid();
    postgres.process().orElseThrow().destroyForcibly();
    await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> execute(postgres, "SELECT 1"));
    assertThat(postgres.process().orElseThrow().pid()).isNotEqualTo(killed);
    assertThat(listener.givenUp).isEmpty();
  }

  @Test
  void givesUpWhenItCannotBeStartedAgain() throws Exception {
    EmbeddedPostgres postgres = start();
    Files.move(folder.resolve("18/global"), folder.resolve("18/moved"));
    postgres.process().orElseThrow().destroyForcibly();
    await().atMost(PATIENCE).until(() -> !listener.givenUp.isEmpty());
    assertThat(listener.givenUp.getFirst()).contains("does not start. PostgreSQL says:");
  }

  @Test
  void runsInASessionOfItsOwnSoThatCtrlCReachesOnlyOrlop() throws Exception {
    long pid = start().process().orElseThrow().pid();
    var session = new Command(folder).run(List.of("ps", "-o", "pgid=", "-p", Long.toString(pid)));
    assertThat(session.output().strip()).isEqualTo(Long.toString(pid));
  }

  @Test
  void stopsWhenItWasNeverStarted() {
    EmbeddedPostgres postgres = EmbeddedPostgres.prepare(folder);
    postgres.stop();
    assertThat(postgres.process()).isEmpty();
  }

  @Test
  void refusesPathThatAShellWouldMisread() {
    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(() -> EmbeddedPostgres.prepare(folder.resolve("a$b")))
        .withMessageContaining("choose another with --data");
  }

  @Test
  void worksInAPathWithSpacesAndLettersBeyondAscii() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.prepare(folder.resolve("a b/ü"));
    started.add(postgres);
    postgres.start(listener);
    execute(postgres, "SELECT 1");
  }

  private EmbeddedPostgres start() {
    EmbeddedPostgres postgres = EmbeddedPostgres.prepare(folder);
    started.add(postgres);
    postgres.start(listener);
    return postgres;
  }

  private static void execute(EmbeddedPostgres postgres, String sql)
      throws SQLException, IOException {
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
