package io.orlop.system.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldDumpsTest {
  @TempDir Path path;

  @Test
  void takesAlongWhatOnlyTheyName() throws Exception {
    BackupFolder folder = BackupFolder.make(path, Path.of("no data folder"));
    try (BlobStore blobs = folder.openStore()) {
      StorageKey shared = put(blobs, "in all");
      StorageKey old = put(blobs, "in the old one");
      StorageKey interrupted = put(blobs, "in the interrupted one");
      StorageKey fresh = put(blobs, "in the new one");
      folder.complete(dump(folder, shared, old));
      dump(folder, interrupted, shared, old);
      Dump kept = folder.complete(dump(folder, fresh, shared));

      new OldDumps(folder, blobs).remove(kept);

      assertThat(folder.dumps()).containsExactly(kept);
      assertThat(folder.newest()).contains(kept);
      assertThat(blobs.size(shared)).isPresent();
      assertThat(blobs.size(fresh)).isPresent();
      assertThat(blobs.size(old)).isEmpty();
      assertThat(blobs.size(interrupted)).isEmpty();
    }
  }

  @Test
  void takesAlongADumpThatBrokeOffBeforeItNamedBlobs() throws Exception {
    BackupFolder folder = BackupFolder.make(path, Path.of("no data folder"));
    try (BlobStore blobs = folder.openStore()) {
      folder.begin();
      Dump kept = folder.complete(dump(folder, put(blobs, "kept")));

      new OldDumps(folder, blobs).remove(kept);

      assertThat(folder.dumps()).containsExactly(kept);
    }
  }

  @Test
  void takesAlongADumpWhoseListOfBlobsIsCutShort() throws Exception {
    BackupFolder folder = BackupFolder.make(path, Path.of("no data folder"));
    try (BlobStore blobs = folder.openStore()) {
      StorageKey shared = put(blobs, "in all");
      Files.writeString(folder.begin().blobFile(), shared.value().substring(0, 20));
      Dump kept = folder.complete(dump(folder, shared));

      new OldDumps(folder, blobs).remove(kept);

      assertThat(folder.dumps()).containsExactly(kept);
      assertThat(blobs.size(shared)).isPresent();
    }
  }

  private static Dump dump(BackupFolder folder, StorageKey... keys) throws IOException {
    Dump dump = folder.begin();
    String lines =
        Stream.of(keys)
            .map(StorageKey::value)
            .sorted(Comparator.naturalOrder())
            .map(key -> key + "\t1\n")
            .collect(Collectors.joining());
    Files.writeString(dump.blobFile(), lines);
    Files.writeString(dump.manifestFile(), "{}");
    return dump;
  }

  private static StorageKey put(BlobStore store, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StorageKey key = StorageKey.of(Digest.of(bytes), "0");
    store.put(key, bytes.length, new ByteArrayInputStream(bytes));
    return key;
  }
}
