package io.orlop.platform.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
  @TempDir Path folder;

  @Test
  void writesSecretThatOnlyItsOwnerMayRead() throws IOException {
    Path file = folder.resolve("key");
    DurableFile.writeSecret(file, "secret");
    assertThat(file).hasContent("secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void replacesSecretAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("key");
    DurableFile.writeSecret(file, "old");
    // What a kill in the middle of writing leaves.
    Files.writeString(folder.resolve("key.part"), "half");
    DurableFile.writeSecret(file, "new");
    assertThat(file).hasContent("new");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }
}
