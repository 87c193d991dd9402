package io.orlop.platform.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A small file that is either wholly there or not at all, also after a power cut. */
public final class DurableFile {
  private DurableFile() {}

  /**
   * Writes a secret that only the owner may read (mode 0600). When this returns, it is on disk.
   *
   * @param file replaced if it exists
   * @throws IOException if the folder cannot be written to
   */
  public static void writeSecret(Path file, String secret) throws IOException {
    replace(file, secret, "rw-------");
  }

  /**
   * Writes a file. When this returns, it is on disk.
   *
   * @param file replaced if it exists
   * @param permissions who may do what, as {@code ls} shows it
   * @throws IOException if the folder cannot be written to
   */
  public static void replace(Path file, String text, String permissions) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(part, options, mode)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    rename(part, file);
  }

  /**
   * Renames a file or folder within its folder, and makes the new name last.
   *
   * @throws IOException if it cannot be renamed
   */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(to.toAbsolutePath().resolve("..").normalize());
  }

  private static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
