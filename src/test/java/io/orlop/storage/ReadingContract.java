package io.orlop.storage;

import static io.orlop.storage.StoreUnderTest.assertKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.storage.StorageException.Kind;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blobs are read, in parts too, and deleted. */
interface ReadingContract extends StoreUnderTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1000000",
    "0, 1",
    "1, 999999",
    "999999, 1",
    "1000000, 0",
    "0, 0",
    "65535, 2",
    "262143, 262146",
    "500000, 300000"
  })
  default void readsAnyPart(long offset, long length) throws IOException {
    StorageKey key = put(TestBody.of(8, 1_000_000), TestBody.digestOf(8, 1_000_000));
    byte[] expected = TestBody.part(8, offset, offset + length).readAllBytes();

    try (BlobReader reader = store().open(key)) {
      assertThat(reader.size()).isEqualTo(1_000_000);
      assertThat(reader.stream(offset, length).readAllBytes()).isEqualTo(expected);
      assertThat(reader.stream(offset, length).readNBytes(2_000_000)).isEqualTo(expected);
    }
  }

  @Test
  default void readsByteByByteAndSkips() throws IOException {
    StorageKey key = put(TestBody.of(9, 400_000), TestBody.digestOf(9, 400_000));

    try (BlobReader reader = store().open(key);
        InputStream stream = reader.stream(10, 300_000)) {
      assertThat(stream.read()).isEqualTo(TestBody.part(9, 10, 400_000).read());
      assertThat(stream.skip(0)).isZero();
      stream.skipNBytes(99_999);
      assertThat(stream.read()).isEqualTo(TestBody.part(9, 100_010, 400_000).read());
      stream.skipNBytes(199_998);
      assertThat(stream.read()).isEqualTo(TestBody.part(9, 300_009, 400_000).read());
      assertThat(stream.read()).isEqualTo(-1);
      assertThat(stream.read(new byte[100_000])).isEqualTo(-1);
    }
  }

  @Test
  default void refusesToReadBeyondTheBlob() throws IOException {
    StorageKey key = put("four");

    try (BlobReader reader = store().open(key)) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> reader.stream(0, 5));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> reader.stream(5, 0));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> reader.stream(-1, 2));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> reader.stream(2, Long.MAX_VALUE));
    }
  }

  @Test
  default void refusesToOpenABlobThatItDoesNotHave() {
    StorageKey foreign = StorageKey.of(TestBody.digestOf("foreign"), "0");

    assertKind(Kind.NOT_FOUND, () -> store().open(foreign));
  }

  @Test
  default void deletesABlobOnceAndForAll() throws IOException {
    StorageKey key = put("unwanted");

    store().delete(key);
    store().delete(key);
    store().delete(StorageKey.of(TestBody.digestOf("foreign"), "0"));

    assertKind(Kind.NOT_FOUND, () -> store().open(key));
  }
}
