package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What may be left of a file that takes the place of another when the power is cut. */
class PowerCutFileLayerTest {
  private static final Path STAGED = Path.of("/staged");
  private static final Path STORED = Path.of("/stored");
  private static final Path FILE = STORED.resolve("file");

  private interface Ending {
    void run(PowerCutFileLayer files) throws IOException;
  }

  @Test
  void isTheOldOrTheNewWhileTheFolderIsNotSynced() throws IOException {
    assertThat(leftAfter(true, _ -> {}))
        .containsExactly("{/staged/file=new, /stored/file=old}", "{/stored/file=new}");
  }

  @Test
  void isTheNewOnceTheFolderIsSynced() throws IOException {
    assertThat(leftAfter(true, files -> files.syncDirectory(STORED)))
        .containsExactly("{/stored/file=new}");
  }

  @Test
  void mayBeOfNoBytesWhenOnlyTheFolderIsSynced() throws IOException {
    assertThat(leftAfter(false, files -> files.syncDirectory(STORED)))
        .containsExactly("{/stored/file=new}", "{/stored/file=}");
  }

  /** Returns all that is left of many tries. */
  private static Set<String> leftAfter(boolean synced, Ending ending) throws IOException {
    Set<String> left = new TreeSet<>();
    for (long seed = 0; seed < 100; seed++) {
      PowerCutFileLayer files = new PowerCutFileLayer();
      files.makeDirectory(STAGED);
      files.makeDirectory(STORED);
      files.syncDirectory(Path.of("/"));
      write(files, FILE, "old", true);
      write(files, STAGED.resolve("file"), "new", synced);
      files.syncDirectory(STAGED);
      files.syncDirectory(STORED);

      files.move(STAGED.resolve("file"), FILE);
      ending.run(files);

      TreeMap<Path, String> found = new TreeMap<>();
      files
          .afterPowerCut(new Random(seed))
          .files(Path.of("/"))
          .forEach((path, bytes) -> found.put(path, new String(bytes, StandardCharsets.UTF_8)));
      left.add(found.toString());
    }
    return left;
  }

  private static void write(PowerCutFileLayer files, Path path, String text, boolean synced)
      throws IOException {
    try (FileLayer.OpenFile file = files.openForWriting(path)) {
      file.write(StandardCharsets.UTF_8.encode(text), 0);
      if (synced) {
        file.sync();
      }
    }
  }
}
