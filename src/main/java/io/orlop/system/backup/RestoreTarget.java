package io.orlop.system.backup;

import io.orlop.platform.file.DurableFile;
import io.orlop.system.bootstrap.DataFolder;
import io.orlop.system.console.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The data folder that a registry is restored into. A file in it says that a restore has begun, so
 * that no server starts on half a registry and the same restore can go on.
 */
final class RestoreTarget {
  /** What may be in an empty data folder. */
  private static final Set<String> OVERLOOKED = Set.of("orlop.lock", "master.key", "lost+found");

  private final Path file;
  private final String dump;
  private final String storeId;
  private final boolean resumed;

  private RestoreTarget(Path file, String dump, String storeId, boolean resumed) {
    this.file = file;
    this.dump = dump;
    this.storeId = storeId;
    this.resumed = resumed;
  }

  /**
   * Looks at a folder, which must be empty or missing, or be the one where the restore of the same
   * dump was interrupted.
   */
  static RestoreTarget check(Path data, String dump) throws IOException {
    Path file = DataFolder.unfinishedRestore(data);
    if (Files.exists(file)) {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() == 2 && lines.getFirst().equals(dump)) {
        return new RestoreTarget(file, dump, lines.getLast(), true);
      }
      throw new CommandFailedException(
          "A restore of another backup into " + data + " has not ended: choose an empty folder.");
    }
    foreign(data)
        .ifPresent(path -> {
          throw new CommandFailedException(
              "The data folder is not empty (it has %s): restore into an empty one with --data."
                  .formatted(path));
        });
    return new RestoreTarget(file, dump, UUID.randomUUID().toString(), false);
  }

  private static Optional<Path> foreign(Path data) throws IOException {
    if (!Files.exists(data)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(data)) {
      return files
          .filter(path -> !OVERLOOKED.contains(String.valueOf(path.getFileName())))
          .findFirst();
    }
  }

  /** Tells whether an earlier attempt is gone on with. */
  boolean isResumed() {
    return resumed;
  }

  /** Returns the id of the new store: another one than the old, which may live on. */
  String storeId() {
    return storeId;
  }

  /** Notes that the restore has begun. */
  void begin() throws IOException {
    if (!resumed) {
      DurableFile.writeSecret(file, dump + "\n" + storeId + "\n");
    }
  }

  /** Lets servers start. */
  void end() throws IOException {
    Files.delete(file);
    DumpFile.syncFolder(file.resolveSibling("."));
  }
}
