package io.orlop.system.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
  @TempDir Path folder;

  @Test
  void keepsTheEightNewestFiles() throws IOException {
    LogFiles logFiles = new LogFiles(folder);
    for (int day = 10; day < 20; day++) {
      Files.createFile(folder.resolve("postgresql-202601" + day + "-000000.log"));
    }
    logFiles.prune();
    assertThat(folder)
        .isDirectoryNotContaining("glob:**2026011[01]-*")
        .isDirectoryContaining("glob:**20260112-*");
    assertThat(folder.toFile().list()).hasSize(8);
  }

  @Test
  void showsTheLastLinesSinceTheStart() throws IOException {
    Path before = folder.resolve("postgresql-20260101-000000.log");
    Files.writeString(before, "before\n");
    Files.setLastModifiedTime(before, FileTime.fromMillis(0));
    LogFiles logFiles = new LogFiles(folder);
    logFiles.beginAttempt();

    Path since = folder.resolve("postgresql-20260102-000000.log");
    Files.writeString(since, "line\n".repeat(20) + "last\n");
    Files.setLastModifiedTime(since, FileTime.from(Instant.now().plusSeconds(1)));
    assertThat(logFiles.tail().lines())
        .hasSize(15)
        .endsWith("line", "last")
        .doesNotContain("before");
  }

  @Test
  void hasNothingToShowAtFirst() throws IOException {
    assertThat(new LogFiles(folder).tail()).isBlank();
  }
}
