package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.BlobStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What holds of a store's files at any time, whatever was acknowledged. */
final class StoredTruth {
  private StoredTruth() {}

  /** Whatever lies in the tree of blobs is what its name says. */
  static void check(PowerCutFileLayer files, Path data) {
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      Path blobs = data.resolve("blobs").resolve(algorithm.wireName());
      for (Map.Entry<Path, byte[]> file : files.files(blobs).entrySet()) {
        assertThat(Digest.of(algorithm, file.getValue()).hex())
            .as("the digest of %s", file.getKey())
            .isEqualTo(String.valueOf(file.getKey().getFileName()).split("\\.", -1)[0]);
      }
    }
  }

  /** Discards all that is staged, as is right when no session is left. */
  static void purge(BlobStore store) {
    for (UUID upload : store.stagedBefore(Instant.MAX, Integer.MAX_VALUE)) {
      store.discard(upload);
    }
  }
}
