package io.orlop.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.orlop.oci.DigestAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Blobs come from another store, under the keys that they have there. */
interface CopyingContract extends StoreUnderTest {

  @Test
  default void tellsTheSizeOfWhatItHas() throws IOException {
    StorageKey key = put("eleven byte");

    assertThat(store().size(key)).hasValue(11);
    assertThat(store().size(StorageKey.of(key.digest(), "another"))).isEmpty();

    store().delete(key);

    assertThat(store().size(key)).isEmpty();
  }

  @Test
  default void storesBytesUnderTheKeyOfAnotherStore() throws IOException {
    StorageKey key = StorageKey.of(TestBody.digestOf(3, 3 * MIB + 5), "elsewhere");

    store().put(key, 3 * MIB + 5, TestBody.of(3, 3 * MIB + 5));
    reopen();

    assertThat(store().size(key)).hasValue(3 * MIB + 5);
    assertThat(digestOf(key)).isEqualTo(key.digest());
  }

  @Test
  default void storesNoBytesUnderTheKeyOfAnotherStore() throws IOException {
    StorageKey key = StorageKey.of(TestBody.digestOf(""), "0");

    store().put(key, 0, TestBody.text(""));

    assertThat(store().size(key)).hasValue(0);
  }

  @Test
  default void storesBytesOfALongerDigest() throws IOException {
    StorageKey key =
        StorageKey.of(TestBody.digestOf(DigestAlgorithm.SHA512, TestBody.text("long")), "1");

    store().put(key, 4, TestBody.text("long"));

    assertThat(read(key)).isEqualTo("long");
  }

  @Test
  default void putsTheSameBytesAgain() throws IOException {
    StorageKey key = put("twice");

    store().put(key, 5, TestBody.text("twice"));

    assertThat(read(key)).isEqualTo("twice");
  }

  @Test
  default void refusesBytesThatTheKeyDoesNotName() throws IOException {
    StorageKey key = put("right");

    refuses(key, 5, TestBody.text("wrong"));
    refuses(key, 5, TestBody.text("righ"));
    refuses(key, 5, TestBody.text("right and more"));
    refuses(key, 4, TestBody.text("right"));

    assertThat(read(key)).isEqualTo("right");
  }

  @Test
  default void storesNothingOfBytesThatBreakOff() throws IOException {
    StorageKey stays = put("stays");
    StorageKey never = StorageKey.of(TestBody.digestOf(5, 2 * MIB), "2");

    refuses(stays, 5, TestBody.breaking(5, 2 * MIB, MIB));
    refuses(never, 2 * MIB, TestBody.breaking(5, 2 * MIB, MIB));

    assertThat(read(stays)).isEqualTo("stays");
    assertThat(store().size(never)).isEmpty();
  }

  private void refuses(StorageKey key, long size, InputStream bytes) {
    assertThatIOException().isThrownBy(() -> store().put(key, size, bytes));
    assertThat(store().stagedBefore(Instant.now().plus(1, ChronoUnit.DAYS), 10)).isEmpty();
  }
}
