package io.orlop.system.backup;

import io.orlop.oci.DigestAlgorithm;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;

/** A file that is hashed while it is written, and is on disk when it has been written. */
final class DumpFile {
  private static final int PIECE = 64 * 1024;

  private DumpFile() {}

  /** What is written. */
  interface Content {
    void writeTo(OutputStream out) throws IOException, SQLException;
  }

  /** Writes a new file and returns its SHA-256, hexadecimal. */
  static String write(Path file, Content content) throws IOException, SQLException {
    MessageDigest digest = DigestAlgorithm.SHA256.newMessageDigest();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out =
          new BufferedOutputStream(
              new DigestOutputStream(Channels.newOutputStream(channel), digest), PIECE);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Reads a file and returns its SHA-256, hexadecimal. */
  static String hash(Path file) throws IOException {
    MessageDigest digest = DigestAlgorithm.SHA256.newMessageDigest();
    byte[] piece = new byte[PIECE];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        digest.update(piece, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Makes durable which files a folder has. */
  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
