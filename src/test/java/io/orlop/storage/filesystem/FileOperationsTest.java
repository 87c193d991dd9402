package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orlop.storage.BlobWriter;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageKey;
import io.orlop.storage.TestBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the store asks of the file system, and in which order. */
class FileOperationsTest extends RecordedStore {

  @Test
  void movesTheFileBeforeItSyncsItAndTheFolders() throws IOException {
    StorageKey key;
    try (BlobWriter writer = create()) {
      writer.append(TestBody.text("abc"));
      files.forget();
      key = writer.commit(ABC);
    }

    assertThat(changes().subList(0, 3))
        .containsExactly("make blobs/sha256", "make " + PREFIX, "move to " + blobOf(key));
    assertThat(changes().subList(3, 7))
        .containsExactlyInAnyOrder(
            "sync " + STAGED,
            "sync folder " + PREFIX,
            "sync folder blobs/sha256",
            "sync folder blobs");
    assertThat(changes().subList(7, changes().size())).containsExactly("close " + STAGED);
  }

  @Test
  void syncsTheFolderBesideTheFileWhileNobodyElseIsAtTheDisk() throws Exception {
    put("abc"); // The upper folders.
    CountDownLatch folder = new CountDownLatch(1);
    AtomicBoolean beside = new AtomicBoolean();
    files.trap((operation, path) -> {
      if (operation.equals("sync folder")) {
        folder.countDown();
      } else if (operation.equals("sync")) {
        beside.set(await(folder));
      }
    });

    put("abc");

    assertThat(beside).isTrue();
  }

  @Test
  void answersNobodyBeforeBothAreSynced() throws Exception {
    put("abc");
    for (String last : List.of("sync", "sync folder")) {
      CountDownLatch end = new CountDownLatch(1);
      files.trap((operation, _) -> {
        if (operation.equals(last)) {
          boolean _ = await(end);
        }
      });

      CompletableFuture<?> push = CompletableFuture.runAsync(this::putAbc);

      assertThat(Disk.isOverWithin(Duration.ofMillis(200), push)).as(last).isFalse();
      end.countDown();
      push.join();
    }
  }

  @Test
  void syncsTheFolderOnTheThreadThatSyncedOrDeletedTheFileWhileOthersAreAtTheDisk()
      throws Exception {
    Map<String, String> threads = new ConcurrentHashMap<>();
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    files.trap((operation, path) -> {
      threads.put(operation + " " + data.relativize(path), Thread.currentThread().getName());
      if (operation.equals("move to") && path.getFileName().toString().startsWith(".")) {
        began.countDown();
        boolean _ = await(end);
      }
    });
    CompletableFuture<?> other = CompletableFuture.runAsync(store::checkWritable);
    assertThat(await(began)).isTrue();
    StorageKey key;
    try (BlobWriter writer = create()) {
      writer.append(TestBody.text("abc"));
      key = writer.commit(ABC);
    }
    end.countDown();
    other.join();
    assertThat(threads.get("sync folder " + PREFIX))
        .startsWith("orlop-disk-sync-")
        .isEqualTo(threads.get("sync " + STAGED));

    store.delete(key);

    assertThat(threads.get("sync folder " + PREFIX))
        .isEqualTo(threads.get("delete " + blobOf(key)));
  }

  @Test
  void triesOutWritingForOneCallerAfterTheOther() {
    AtomicReference<CompletableFuture<?>> other =
        new AtomicReference<>(CompletableFuture.completedFuture(null));
    files.trap((operation, _) -> {
      if (operation.equals("move to")) {
        files.trap((_, _) -> {});
        other.set(CompletableFuture.runAsync(store::checkWritable));
        boolean _ = Disk.isOverWithin(Duration.ofMillis(200), other.get());
      }
    });

    store.checkWritable();

    Disk.join(other.get());
    assertThat(files.record()).filteredOn(entry -> entry.startsWith("move to")).hasSize(2);
  }

  @Test
  void syncsTheUpperFoldersOnceOnly() throws IOException {
    put("abc");
    files.forget();

    put("abc");

    assertThat(files.record())
        .filteredOn(entry -> entry.startsWith("sync folder"))
        .containsExactly("sync folder " + PREFIX);
  }

  @Test
  void syncsNothingBeforeTheEndOfAnUpload() throws IOException {
    StagedUpload staged = stage(TestBody.text("abc"));
    assertThat(changes()).doesNotContain("sync " + STAGED);

    try (BlobWriter writer = store.resume(staged)) {
      writer.commit(ABC);
    }

    assertThat(changes()).containsOnlyOnce("sync " + STAGED);
  }

  @Test
  void putsPiecesTogetherToWritesThatEndAtMultiplesOfTheirSize() throws IOException {
    int first = 20 * 32_770; // Five buffers of 128 KiB and 40 bytes.
    int all = 7 * 128 * 1024 + 5;
    StagedUpload staged = stage(pieces(0, first));
    assertThat(writes()).hasSize(6);
    files.forget();

    try (BlobWriter writer = store.resume(staged)) {
      writer.append(pieces(first, all));
      staged = writer.state();
    }

    assertThat(writes()).as("to the sixth multiple, to the seventh, the rest").hasSize(3);
    close();
    open();
    try (BlobWriter writer = store.resume(staged)) {
      assertThat(writer.matches(TestBody.digestOf(1, all))).as("read again").isTrue();
    }
  }

  @Test
  void whatAWriteThatFailsLeavesIsWhereTheUploadGoesOn() throws IOException {
    int all = 400_000;
    StagedUpload staged;
    try (BlobWriter writer = create()) {
      files.trap((operation, _) -> {
        if (operation.equals("write") && writes().size() == 1) {
          throw new IOException("Input/output error");
        }
      });
      assertThatThrownBy(() -> writer.append(pieces(0, all))).isInstanceOf(StorageException.class);
      files.trap((_, _) -> {});
      staged = writer.state();
    }
    assertThat(staged.offset()).isEqualTo(128 * 1024);

    try (BlobWriter writer = store.resume(staged)) {
      writer.append(pieces(128 * 1024, all));
      assertThat(writer.matches(TestBody.digestOf(1, all))).isTrue();
    }
  }

  private static PiecedBody pieces(int from, int to) throws IOException {
    return new PiecedBody(TestBody.part(1, from, to).readAllBytes(), 32_770);
  }

  private List<String> writes() {
    return files.record().stream().filter(entry -> entry.startsWith("write ")).toList();
  }

  @Test
  void readsStagedBytesAgainBeforeItTrustsWhatWasRecordedOfThem() throws IOException {
    StagedUpload staged = stage(TestBody.text("abc"));
    close();
    open();

    try (BlobWriter writer = store.resume(staged)) {
      assertThat(writer.matches(ABC)).isTrue();
    }

    assertThat(files.record()).contains("read " + STAGED);
  }

  @Test
  void readsNothingAgainBetweenTheRequestsOfAnUpload() throws IOException {
    StagedUpload staged = stage(TestBody.part(1, 0, 300_000));
    for (long chunk = 1; chunk < 4; chunk++) {
      try (BlobWriter writer = store.resume(staged)) {
        writer.append(TestBody.part(1, chunk * 300_000, (chunk + 1) * 300_000));
        staged = writer.state();
      }
    }
    try (BlobWriter writer = store.resume(staged)) {
      writer.commit(TestBody.digestOf(1, 1_200_000));
    }

    assertThat(files.record()).doesNotContain("read " + STAGED);
  }

  @Test
  void readsStagedBytesOnceAfterARestart() throws IOException {
    StagedUpload staged = stage(TestBody.of(1, 1000));
    close();
    open();

    try (BlobWriter writer = store.resume(staged)) {
      writer.append(TestBody.part(1, 1000, 2000));
      writer.append(TestBody.part(1, 2000, 3000));
      assertThat(writer.matches(TestBody.digestOf(1, 3000))).isTrue();
    }

    assertThat(files.record()).containsOnlyOnce("read " + STAGED);
  }

  @Test
  void syncsWhatItCutOff() throws IOException {
    StagedUpload staged = stage(TestBody.text("abc"));
    try (BlobWriter writer = store.resume(staged)) {
      writer.append(TestBody.text("def"));
    }
    files.forget();

    store.resume(staged).close();

    assertThat(changes()).containsSubsequence("truncate " + STAGED, "sync " + STAGED);
  }

  @Test
  void letsTheDeviceBeginWhileMoreArrives() throws IOException {
    long size = StagedFile.SYNC_EVERY + (3L << 20);
    try (BlobWriter writer = create()) {
      writer.append(TestBody.of(2, size));
      assertThat(files.record()).contains("sync " + STAGED);
      writer.commit(TestBody.digestOf(2, size));
    }

    assertThat(files.record().lastIndexOf("sync " + STAGED))
        .isGreaterThan(files.record().lastIndexOf("write " + STAGED));
  }

  @Test
  void deletesDurably() throws IOException {
    StorageKey key = put("abc");
    files.forget();

    store.delete(key);

    assertThat(changes()).containsExactly("delete " + blobOf(key), "sync folder " + PREFIX);
  }

  @Test
  void makesTheMarkerDurableBeforeAndAfterItTakesItsPlace() {
    store.writeMarker("database 1");

    assertThat(changes())
        .containsSubsequence(
            "sync blobs/.orlop-store.new", "move to blobs/.orlop-store", "sync folder blobs");
  }

  private void putAbc() {
    try {
      StorageKey _ = put("abc");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
