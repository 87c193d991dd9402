package io.orlop.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.StorageException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The store that a contract is checked on, and the words in which the contracts are written. */
interface StoreUnderTest {
  int MIB = 1 << 20;

  /** The store that the test works with. */
  BlobStore store();

  /** Forgets all that is in memory, as a restart does. */
  void reopen() throws IOException;

  /** Begins an upload that computes SHA-256 alone. */
  default BlobWriter create() {
    return store().create(UUID.randomUUID(), Set.of(DigestAlgorithm.SHA256));
  }

  /** Stores a body in one go. */
  default StorageKey put(InputStream body, Digest digest) throws IOException {
    try (BlobWriter writer = create()) {
      writer.append(body);
      return writer.commit(digest);
    }
  }

  /** Stores a text in one go. */
  default StorageKey put(String text) throws IOException {
    return put(TestBody.text(text), TestBody.digestOf(text));
  }

  /** Stages a text and leaves it, as a request does that is not an upload's last. */
  default StagedUpload stage(String text) throws IOException {
    try (BlobWriter writer = create()) {
      writer.append(TestBody.text(text));
      return writer.state();
    }
  }

  /** Reads a blob as text. */
  default String read(StorageKey key) throws IOException {
    try (BlobReader reader = store().open(key);
        InputStream stream = reader.stream(0, reader.size())) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Reads a blob and computes its SHA-256 digest. */
  default Digest digestOf(StorageKey key) throws IOException {
    try (BlobReader reader = store().open(key);
        InputStream stream = reader.stream(0, reader.size())) {
      return TestBody.digestOf(DigestAlgorithm.SHA256, stream);
    }
  }

  /** Expects a failure of a kind, with a message that people can do something with. */
  static void assertKind(Kind kind, ThrowingCallable action) {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(action)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
        .satisfies(e -> assertThat(e).hasMessageMatching("(?s).{20,}"));
  }
}
