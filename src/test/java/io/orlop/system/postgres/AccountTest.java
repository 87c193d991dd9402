package io.orlop.system.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.security.auth.module.UnixSystem;
import io.orlop.system.StartRefusedException;
import io.orlop.testsupport.clients.ClientTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountTest {
  /** The account "nobody", which every Linux has: initdb wants to know its user's name. */
  private static final int OTHER = 65_534;

  private final boolean root = new UnixSystem().getUid() == 0;

  @TempDir Path folder;

  @Test
  void runsCommandsAsTheyAreForAnOrdinaryUser() {
    assumeFalse(root);
    assertThat(Account.of(folder).command(List.of("id"))).containsExactly("id");
  }

  @Nested
  class AsRoot {
    @Test
    void runsCommandsAsSomebodyElseInAFolderOfRoot() {
      ClientTool.requireRoot();
      Account account = Account.of(folder);
      assertThat(userId(account)).isNotEqualTo("0");
    }

    @Test
    void runsCommandsAsTheOwnerOfAFolderOfSomebodyElse() throws IOException {
      ClientTool.requireRoot();
      passThrough(folder);
      own(folder);
      assertThat(userId(Account.of(folder))).isEqualTo(Integer.toString(OTHER));
    }

    @Test
    void runsPostgresAsTheOwnerOfItsFolder() throws Exception {
      ClientTool.requireRoot();
      passThrough(folder);
      Path postgresFolder = Files.createDirectory(folder.resolve("postgres"));
      own(postgresFolder);
      EmbeddedPostgres postgres = EmbeddedPostgres.prepare(postgresFolder);
      try {
        postgres.start(new RecordingListener());
        try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password())) {
          assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(Files.getAttribute(postgresFolder.resolve("18"), "unix:uid")).isEqualTo(OTHER);
      } finally {
        postgres.stop();
      }
      assertThat(postgres.process()).isEmpty();
    }

    @Test
    void refusesFolderThatItsOwnerCannotReach() throws IOException {
      ClientTool.requireRoot();
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      Path hidden = Files.createDirectory(folder.resolve("hidden"));
      own(hidden);
      assertThatExceptionOfType(StartRefusedException.class)
          .isThrownBy(() -> Account.of(hidden))
          .withMessageContaining("(uid " + OTHER + ") may not enter " + hidden);
    }

    private String userId(Account account) {
      return new Command(folder).run(account.command(List.of("id", "-u"))).output().strip();
    }

    private static void own(Path path) throws IOException {
      Files.setAttribute(path, "unix:uid", OTHER);
      Files.setAttribute(path, "unix:gid", OTHER);
    }

    private static void passThrough(Path path) throws IOException {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
    }
  }
}
