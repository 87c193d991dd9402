package io.orlop.system.backup;

import io.orlop.platform.file.DurableFile;
import io.orlop.storage.BlobStore;
import io.orlop.storage.SpaceReserve;
import io.orlop.storage.filesystem.FilesystemBlobStore;
import io.orlop.system.console.CommandFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The folder of a backup: {@code database-<time>} with a dump, and {@code blobs} as a store has
 * them, shared by all dumps. A dump counts only under its final name, which it gets when all of its
 * blobs are there; so there is a whole backup at every moment after the first.
 *
 * @param path the folder, absolute
 */
record BackupFolder(Path path) {
  private static final String PREFIX = "database-";
  private static final String UNFINISHED = ".unfinished";
  private static final String OBSOLETE = ".obsolete";
  private static final String LOCK = "orlop-backup.lock";
  private static final Set<String> OURS = Set.of("blobs", "uploads", LOCK, "lost+found");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  /** Makes a folder for backups, or takes one that has none or some. */
  static BackupFolder make(Path path, Path data) throws IOException {
    Files.createDirectories(path);
    Path folder = path.toRealPath();
    if (Files.exists(data) && folder.startsWith(data.toRealPath())) {
      throw new CommandFailedException(
          "The backup cannot be in the data folder " + data + ", which it is a backup of.");
    }
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (!OURS.contains(name) && !name.startsWith(PREFIX) && !name.startsWith(".")) {
          throw new CommandFailedException(
              folder + " has something else in it (" + name + "): choose an empty folder.");
        }
      }
    }
    return new BackupFolder(folder);
  }

  /** Takes a folder that has a backup. */
  static BackupFolder existing(Path path) {
    return new BackupFolder(path.toAbsolutePath().normalize());
  }

  /**
   * Takes the folder for this process.
   *
   * @return to be closed at the end
   */
  FileChannel lock() throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new CommandFailedException("Another backup into " + path + " is running.");
    }
    return channel;
  }

  /** Opens the blobs; makes their folders if need be. */
  BlobStore openStore() {
    return FilesystemBlobStore.open(path, new SpaceReserve(0, 0));
  }

  /** Begins a dump. */
  Dump begin() throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Instant time = Instant.now();
    while (Files.exists(path.resolve(PREFIX + TIME.format(time)))
        || Files.exists(path.resolve(PREFIX + TIME.format(time) + UNFINISHED))) {
      time = time.plusMillis(1);
    }
    Path folder = path.resolve(PREFIX + TIME.format(time) + UNFINISHED);
    return new Dump(Files.createDirectory(folder, ownerOnly));
  }

  /** Makes a dump count, whose files and blobs are there for good. */
  Dump complete(Dump dump) throws IOException {
    DumpFile.syncFolder(dump.folder());
    String name = dump.name();
    Path complete = path.resolve(name.substring(0, name.length() - UNFINISHED.length()));
    DurableFile.rename(dump.folder(), complete);
    return new Dump(complete);
  }

  /** Makes a dump not count any more, whose blobs may vanish from now on. */
  Dump retire(Dump dump) throws IOException {
    if (isLeftover(dump)) {
      return dump;
    }
    Path obsolete = path.resolve(dump.name() + OBSOLETE);
    DurableFile.rename(dump.folder(), obsolete);
    return new Dump(obsolete);
  }

  /** Returns the newest dump that counts. */
  Optional<Dump> newest() throws IOException {
    return dumps().stream().filter(dump -> !isLeftover(dump)).max(Comparator.comparing(Dump::name));
  }

  /**
   * Returns the newest dump that counts.
   *
   * @throws CommandFailedException if there is none
   */
  Dump requireNewest() throws IOException {
    if (!Files.isDirectory(path)) {
      throw new CommandFailedException("There is no folder " + path + ".");
    }
    return newest()
        .orElseThrow(() -> new CommandFailedException("There is no complete backup in " + path));
  }

  /** Returns all dumps, those too that do not count. */
  List<Dump> dumps() throws IOException {
    List<Dump> dumps = new ArrayList<>();
    try (var files = Files.newDirectoryStream(path, PREFIX + "*")) {
      files.forEach(file -> dumps.add(new Dump(file)));
    }
    return dumps;
  }

  private static boolean isLeftover(Dump dump) {
    return dump.name().endsWith(UNFINISHED) || dump.name().endsWith(OBSOLETE);
  }
}
