package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.storage.TestBody;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallHeapTest {
  @TempDir private Path folder;

  @Test
  void storesFarMoreAtOnceThanFitsIntoMemory() throws Exception {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                locationOf(FilesystemBlobStore.class)
                    + File.pathSeparator
                    + locationOf(TestBody.class),
                SmallHeapUploads.class.getName(),
                folder.resolve("data").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(process.waitFor()).as(() -> textOf(output)).isZero();
    try (Stream<Path> blobs = Files.walk(folder.resolve("data/blobs"))) {
      assertThat(blobs.filter(Files::isRegularFile)).hasSize(SmallHeapUploads.UPLOADS);
    }
  }

  private static String locationOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "no output: " + e;
    }
  }
}
