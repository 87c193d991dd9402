package io.orlop.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Bytes become blobs. */
interface StoringContract extends StoreUnderTest {

  @Test
  default void storesWhatWasAppended() throws IOException {
    StorageKey key = put("bytes of a layer");

    assertThat(read(key)).isEqualTo("bytes of a layer");
    assertThat(key.value())
        .startsWith("sha256/")
        .contains(TestBody.digestOf("bytes of a layer").hex());
  }

  @Test
  default void storesAnEmptyBlob() throws IOException {
    StorageKey key;
    try (BlobWriter writer = create()) {
      key = writer.commit(Digest.of(new byte[0]));
    }

    try (BlobReader reader = store().open(key)) {
      assertThat(reader.size()).isZero();
      assertThat(reader.stream(0, 0).read()).isEqualTo(-1);
    }
  }

  @Test
  default void storesAnEmptyBody() throws IOException {
    StorageKey key = put(TestBody.of(1, 0), Digest.of(new byte[0]));

    assertThat(read(key)).isEmpty();
  }

  @Test
  default void storesALargeBody() throws IOException {
    long size = 64L * MIB + 12_345;

    StorageKey key = put(TestBody.of(1, size), TestBody.digestOf(1, size));

    assertThat(digestOf(key)).isEqualTo(TestBody.digestOf(1, size));
  }

  @Test
  default void keepsBlobsWhenItIsOpenedAgain() throws IOException {
    StorageKey key = put("lasting");

    reopen();

    assertThat(read(key)).isEqualTo("lasting");
  }

  @Test
  default void appendsOneBodyAfterTheOther() throws IOException {
    try (BlobWriter writer = create()) {
      assertThat(writer.offset()).isZero();
      assertThat(writer.append(TestBody.part(2, 0, 300_000))).isEqualTo(300_000);
      assertThat(writer.append(TestBody.part(2, 300_000, 300_001))).isEqualTo(1);
      assertThat(writer.append(TestBody.of(2, 0))).isZero();
      assertThat(writer.append(TestBody.part(2, 300_001, 700_000))).isEqualTo(399_999);
      assertThat(writer.offset()).isEqualTo(700_000);

      StorageKey key = writer.commit(TestBody.digestOf(2, 700_000));

      assertThat(digestOf(key)).isEqualTo(TestBody.digestOf(2, 700_000));
    }
  }

  @Test
  default void givesEveryCommitItsOwnKey() throws IOException {
    StorageKey first = put("the same");
    StorageKey second = put("the same");

    assertThat(second).isNotEqualTo(first);

    store().delete(first);

    assertThat(read(second)).isEqualTo("the same");
  }

  @Test
  default void storesManyUploadsAtOnce() throws Exception {
    int uploads = 64;
    List<StorageKey> keys =
        allAtOnce(
            uploads,
            seed -> put(TestBody.of(seed, MIB + seed), TestBody.digestOf(seed, MIB + seed)));

    for (int seed = 0; seed < uploads; seed++) {
      assertThat(digestOf(keys.get(seed))).isEqualTo(TestBody.digestOf(seed, MIB + seed));
    }
  }

  @Test
  default void storesOneDigestManyTimesAtOnce() throws Exception {
    Digest digest = TestBody.digestOf(7, 10_000);
    List<StorageKey> keys = allAtOnce(16, _ -> put(TestBody.of(7, 10_000), digest));

    assertThat(keys).doesNotHaveDuplicates();
    for (StorageKey key : keys) {
      assertThat(digestOf(key)).isEqualTo(digest);
    }
  }

  @Test
  default void storesADigestWhileItIsDeletedElsewhere() throws Exception {
    List<StorageKey> kept =
        allAtOnce(
            16,
            turn -> {
              StorageKey gone = put("contested");
              StorageKey stays = put("contested");
              store().delete(gone);
              return stays;
            });

    for (StorageKey key : kept) {
      assertThat(read(key)).isEqualTo("contested");
      store().delete(key);
    }
  }

  /** Stores one of many. */
  interface Upload {
    StorageKey run(int number) throws IOException;
  }

  private static List<StorageKey> allAtOnce(int count, Upload upload) throws Exception {
    List<Callable<StorageKey>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      tasks.add(() -> upload.run(number));
    }
    List<StorageKey> keys = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<StorageKey> key : threads.invokeAll(tasks)) {
        keys.add(key.get());
      }
    }
    return keys;
  }
}
