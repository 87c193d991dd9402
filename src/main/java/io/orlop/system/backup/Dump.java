package io.orlop.system.backup;

import io.orlop.system.console.CommandFailedException;
import io.orlop.system.transfer.BlobList;
import io.orlop.system.transfer.ListedBlobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One dump of the database.
 *
 * @param folder the folder with its files
 */
record Dump(Path folder) {

  Path table(String name) {
    return folder.resolve(name + ".copy");
  }

  Path blobFile() {
    return folder.resolve("blobs.tsv");
  }

  Path manifestFile() {
    return folder.resolve("manifest.json");
  }

  Path keyFile() {
    return folder.resolve("master.key");
  }

  String name() {
    return String.valueOf(folder.getFileName());
  }

  BackupManifest manifest() throws IOException {
    return BackupManifest.read(manifestFile());
  }

  /** Returns the blobs that its rows name. */
  BlobList blobs(BackupManifest manifest) {
    return new ListedBlobs(
        blobFile(), new BlobList.Totals(manifest.blobs().count(), manifest.blobs().bytes()));
  }

  /** Finds files that are not what was written, each told in a sentence. */
  List<String> damages(BackupManifest manifest) throws IOException {
    List<String> damages = new ArrayList<>();
    for (BackupManifest.Table table : manifest.tables()) {
      compare(table(table.name()), table.sha256(), damages);
    }
    compare(blobFile(), manifest.blobs().sha256(), damages);
    return damages;
  }

  private static void compare(Path file, String sha256, List<String> damages) throws IOException {
    if (!Files.exists(file)) {
      damages.add("DAMAGED " + file + " is missing");
    } else if (!DumpFile.hash(file).equals(sha256)) {
      damages.add("DAMAGED " + file + " is not what was written");
    }
  }

  /**
   * Checks what a restore stands on.
   *
   * @throws CommandFailedException if a file is not what was written
   */
  void requireIntact(BackupManifest manifest) throws IOException {
    List<String> damages = damages(manifest);
    if (!damages.isEmpty()) {
      throw new CommandFailedException(String.join("\n", damages));
    }
  }

  /** Deletes it. */
  void delete() throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
