package io.orlop.system.bootstrap;

import io.orlop.system.StartRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder that one Orlop process at a time keeps its data in. */
public final class DataFolder implements AutoCloseable {
  private static final String LOCK = "orlop.lock";

  private final Path path;
  private final FileChannel lockFile;

  private DataFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Makes the folder if need be, and takes it for this process until it ends.
   *
   * @throws StartRefusedException if another process has it or it cannot be written to
   */
  public static DataFolder open(Path path) {
    return tryOpen(path).orElseThrow(() -> inUse(path.toAbsolutePath().normalize()));
  }

  /**
   * Makes the folder if need be, and takes it for this process unless another one has it.
   *
   * @throws StartRefusedException if it cannot be written to
   */
  public static Optional<DataFolder> tryOpen(Path path) {
    Path folder = path.toAbsolutePath().normalize();
    try {
      // Others may pass through, since PostgreSQL may have to run under another account.
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
      return lock(folder);
    } catch (IOException e) {
      throw new StartRefusedException(
          "Cannot use the data folder "
              + folder
              + ": "
              + reason(e)
              + ". Choose another with --data, or let this account write to it.",
          e);
    }
  }

  /** Tells whether a restore into a folder has begun and not ended. */
  public static boolean isHalfRestored(Path path) {
    return Files.exists(unfinishedRestore(path));
  }

  /** Returns the file that is there while a restore into a folder has not ended. */
  public static Path unfinishedRestore(Path path) {
    return path.resolve("restore.unfinished");
  }

  /** Returns the folder, absolute. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<DataFolder> lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    @Nullable FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
    return Optional.of(new DataFolder(folder, channel));
  }

  private static StartRefusedException inUse(Path folder) {
    String holder;
    try {
      holder = Files.readString(folder.resolve(LOCK)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new StartRefusedException(
        "Another Orlop (process %s) uses the data folder %s; stop it or choose another with --data."
            .formatted(holder.isEmpty() ? "unknown" : holder, folder));
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case FileAlreadyExistsException file -> file.getFile() + " is not a folder";
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason();
      default -> e.toString();
    };
  }
}
