package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.storage.BlobStore;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.SpaceReserve;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import io.orlop.storage.StorageKey;
import io.orlop.storage.TestBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose folder is another one for a while, as when a volume is unmounted. */
class StoreAwayTest {
  private static final SpaceReserve NO_RESERVE = new SpaceReserve(0, 0);

  @TempDir private Path folder;
  private BlobStore store;

  @BeforeEach
  void open() {
    store = FilesystemBlobStore.open(data(), NO_RESERVE);
    store.writeMarker("this registry's");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Path data() {
    return folder.resolve("data");
  }

  private void takeAway() throws IOException {
    Files.move(data(), folder.resolve("elsewhere"));
    Files.createDirectories(data().resolve("blobs"));
    Files.createDirectories(data().resolve("uploads"));
  }

  private void bringBack() throws IOException {
    Files.move(data(), folder.resolve("wrong-" + UUID.randomUUID()));
    Files.move(folder.resolve("elsewhere"), data());
  }

  private StorageKey put(String text) throws IOException {
    try (BlobWriter writer = store.create(UUID.randomUUID(), Set.of())) {
      writer.append(TestBody.text(text));
      return writer.commit(TestBody.digestOf(text));
    }
  }

  private static void assertAway(ThrowingCallable action) {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(action)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.AWAY))
        .withMessageContaining("volume mounted");
  }

  private List<Path> filesIn(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void takesNothingIntoAnEmptyFolderInItsPlace() throws IOException {
    StorageKey key = put("before");
    takeAway();

    assertAway(() -> put("meanwhile"));
    assertAway(() -> store.put(key, 6, TestBody.text("before")));
    assertAway(store::checkWritable);
    assertThat(filesIn(data())).isEmpty();
  }

  @Test
  void tellsAMissingStoreFromAMissingBlob() throws IOException {
    StorageKey key = put("before");
    takeAway();

    assertAway(() -> store.open(key));
    assertAway(() -> store.size(key));
  }

  @Test
  void deletesNothingThatItCannotSee() throws IOException {
    StorageKey key = put("before");
    takeAway();

    assertAway(() -> store.delete(key));
    bringBack();

    assertThat(store.size(key)).hasValue(6);
  }

  @Test
  void goesOnByItselfWhenTheStoreIsBack() throws IOException {
    StorageKey before = put("before");
    takeAway();
    assertAway(() -> put("meanwhile"));
    bringBack();

    StorageKey after = put("meanwhile");

    store.checkWritable();
    assertThat(store.size(before)).hasValue(6);
    assertThat(store.size(after)).hasValue(9);
  }

  @Test
  void goesOnWithUploadsWhenTheStoreIsBack() throws IOException {
    StagedUpload staged;
    try (BlobWriter writer = store.create(UUID.randomUUID(), Set.of())) {
      writer.append(TestBody.text("abc"));
      staged = writer.state();
    }
    takeAway();
    assertAway(() -> store.resume(staged));
    bringBack();

    try (BlobWriter writer = store.resume(staged)) {
      writer.append(TestBody.text("def"));
      assertThat(store.size(writer.commit(TestBody.digestOf("abcdef")))).hasValue(6);
    }
  }

  /** It goes away between the bytes and their name. */
  @Test
  void storesNothingOfAnUploadThatLosesItsStore() throws IOException {
    try (BlobWriter writer = store.create(UUID.randomUUID(), Set.of())) {
      writer.append(TestBody.text("abc"));
      takeAway();

      assertAway(() -> writer.commit(TestBody.digestOf("abc")));
    }

    assertThat(filesIn(data())).isEmpty();
  }

  @Test
  void takesNothingIntoTheStoreOfAnother() throws IOException {
    takeAway();
    Files.writeString(data().resolve("blobs/.orlop-store"), "that registry's");

    assertAway(() -> put("meanwhile"));
  }

  @Test
  void takesACopyForItself() throws IOException {
    put("before");
    takeAway();
    Files.writeString(data().resolve("blobs/.orlop-store"), "this registry's");

    StorageKey key = put("before");

    assertThat(data().resolve("blobs").resolve(key.value())).hasContent("before");
  }
}
