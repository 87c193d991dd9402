package io.orlop.system.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.system.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path parent;

  @Test
  void makesFolderThatOthersCannotList() throws IOException {
    Path path = parent.resolve("a/b");
    try (DataFolder folder = DataFolder.open(path)) {
      assertThat(folder.path()).isEqualTo(path);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx--x--x");
    }
  }

  @Test
  void canBeOpenedAgainAfterClosing() {
    DataFolder.open(parent).close();
    DataFolder.open(parent).close();
    assertThat(parent.resolve("orlop.lock")).hasContent(ProcessHandle.current().pid() + "\n");
  }

  @Test
  void refusesFileInItsPlace() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));
    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(() -> DataFolder.open(file))
        .withMessage(
            "Cannot use the data folder %s: %s is not a folder. Choose another with --data, or let"
                    .formatted(file, file)
                + " this account write to it.");
  }
}
