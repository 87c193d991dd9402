package io.orlop.system.postgres;

import io.orlop.platform.file.DurableFile;
import io.orlop.system.StartRefusedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, which Orlop carries for each platform that it supports. */
final class PostgresBinaries {
  /** The major version of what is carried; data of another one cannot be opened. */
  static final String MAJOR = "18";

  private static final String PREFIX = "bin-" + MAJOR + "-";

  private PostgresBinaries() {}

  /**
   * Unpacks the programs of this platform, unless they are there.
   *
   * @param folder gets a sub-folder named for exactly these programs
   * @return the folder with {@code bin}, {@code lib} and {@code share}
   */
  static Path unpack(Path folder) throws IOException {
    URL archive = archive();
    Path target = folder.resolve(PREFIX + fingerprint(archive));
    if (!Files.exists(target)) {
      Path part = folder.resolve(target.getFileName() + ".part");
      Folders.delete(part);
      extract(archive, part);
      DurableFile.rename(part, target);
    }
    return target;
  }

  /** Deletes the programs of other versions, and what a broken unpacking left. */
  static void deleteOthers(Path folder, Path current) throws IOException {
    try (var children = Files.newDirectoryStream(folder, "bin-*")) {
      for (Path child : children) {
        if (!child.equals(current)) {
          Folders.delete(child);
        }
      }
    }
  }

  /** Returns the name of this platform's archive among the resources. */
  static String archiveName(String osName, String osArch) {
    boolean arm = osArch.equals("aarch64");
    String os = osName.toLowerCase(Locale.ROOT);
    if (os.startsWith("linux") && (arm || osArch.equals("amd64"))) {
      return arm ? "postgres-linux-arm_64.txz" : "postgres-linux-x86_64.txz";
    }
    if (os.startsWith("mac") && arm) {
      return "postgres-darwin-arm_64.txz";
    }
    throw new StartRefusedException(
        "There is no embedded PostgreSQL for "
            + osName
            + " on "
            + osArch
            + " (there is for Linux on amd64 and arm64, and for macOS on arm64); set"
            + " ORLOP_DATABASE_URL, ORLOP_DATABASE_USER and ORLOP_DATABASE_PASSWORD to use a"
            + " PostgreSQL of your own.");
  }

  private static URL archive() {
    String name = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
    URL archive = Thread.currentThread().getContextClassLoader().getResource(name);
    if (archive == null) {
      throw new StartRefusedException("This build of Orlop lacks PostgreSQL's programs: " + name);
    }
    return archive;
  }

  /** The archive's checksum: in a jar it is at hand, so that a start need not read the archive. */
  private static String fingerprint(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    long crc = connection instanceof JarURLConnection jar ? jar.getJarEntry().getCrc() : -1;
    return HexFormat.of().toHexDigits(crc == -1 ? crcOf(archive) : crc, 8);
  }

  private static long crcOf(URL archive) throws IOException {
    CRC32 crc = new CRC32();
    try (InputStream in = archive.openStream()) {
      crc.update(in.readAllBytes());
    }
    return crc.getValue();
  }

  private static void extract(URL archive, Path target) throws IOException {
    try (InputStream in = new BufferedInputStream(archive.openStream());
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("The archive leads out of its folder: " + entry.getName());
        }
        extract(tar, entry, path);
      }
    }
  }

  private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      throw new IOException("Unexpected hard link in the archive: " + entry.getName());
    } else {
      Files.copy(tar, path);
      Files.setPosixFilePermissions(path, permissions(entry.getMode()));
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    String text = (mode & 0111) == 0 ? "rw-r--r--" : "rwxr-xr-x";
    return PosixFilePermissions.fromString(text);
  }
}
