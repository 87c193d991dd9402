package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.SpaceReserve;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import io.orlop.storage.StorageKey;
import io.orlop.storage.TestBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

/** What the store asks of the file system, in which order, and what it does when that fails. */
class FileOperationsTest {
  private static final UUID UPLOAD = UUID.fromString("6f1f7a3e-0d0c-4a4e-9a2e-3f5b8a3c1d10");
  private static final Digest ABC = TestBody.digestOf("abc");
  private static final String PREFIX = "blobs/sha256/" + ABC.hex().substring(0, 2);
  private static final String FOLDER = PREFIX + "/" + ABC.hex();
  private static final String STAGED = "uploads/" + UPLOAD;

  @TempDir private Path data;
  private RecordingFileLayer files;
  private FilesystemBlobStore store;

  @BeforeEach
  void open() {
    files = new RecordingFileLayer(data);
    StoreFolders folders = new StoreFolders(data);
    SpaceGuard space = new SpaceGuard(files, data, new SpaceReserve(0, 0), () -> 0);
    store =
        new FilesystemBlobStore(
            StoreParts.over(files, folders, space, new ChunkBuffers(ChunkBuffers.LARGE * 2L)));
    files.forget();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private BlobWriter create() {
    return store.create(UPLOAD, Set.of(DigestAlgorithm.SHA256));
  }

  private StorageKey put(String text) throws IOException {
    try (BlobWriter writer = store.create(UUID.randomUUID(), Set.of())) {
      writer.append(TestBody.text(text));
      return writer.commit(TestBody.digestOf(text));
    }
  }

  private StagedUpload stage(InputStream body) throws IOException {
    try (BlobWriter writer = create()) {
      writer.append(body);
      return writer.state();
    }
  }

  /** What is asked of the disk, without what only looks. */
  private List<String> changes() {
    return files.record().stream()
        .filter(entry -> !entry.startsWith("space ") && !entry.startsWith("attributes "))
        .toList();
  }

  private static String blobOf(StorageKey key) {
    return "blobs/" + key;
  }

  @Test
  void syncsTheFileBeforeItMovesItAndTheFoldersAfterwards() throws IOException {
    StorageKey key;
    try (BlobWriter writer = create()) {
      writer.append(TestBody.text("abc"));
      files.forget();
      key = writer.commit(ABC);
    }

    assertThat(changes().subList(0, 6))
        .containsExactly(
            "sync " + STAGED,
            "close " + STAGED,
            "make blobs/sha256",
            "make " + PREFIX,
            "make " + FOLDER,
            "move to " + blobOf(key));
    assertThat(changes().subList(6, changes().size()))
        .containsExactlyInAnyOrder(
            "sync folder " + FOLDER,
            "sync folder " + PREFIX,
            "sync folder blobs/sha256",
            "sync folder blobs");
  }

  @Test
  void syncsTheUpperFoldersOnceOnly() throws IOException {
    put("abc");
    files.forget();

    put("abc");

    assertThat(files.record())
        .filteredOn(entry -> entry.startsWith("sync folder"))
        .containsExactlyInAnyOrder("sync folder " + FOLDER, "sync folder " + PREFIX);
  }

  @Test
  void syncsTheUpperFoldersAgainWhenThatFailed() throws IOException {
    failOn("sync folder", "blobs/sha256");
    assertKind(Kind.UNAVAILABLE, () -> put("abc"));
    files.trap((_, _) -> {});
    files.forget();

    put("abc");

    assertThat(files.record()).contains("sync folder blobs/sha256", "sync folder blobs");
  }

  @Test
  void syncsStagedBytesBeforeItTellsTheirState() throws IOException {
    try (BlobWriter writer = create()) {
      writer.append(TestBody.text("abc"));
      assertThat(changes()).doesNotContain("sync " + STAGED);

      writer.state();
      writer.state();

      assertThat(changes()).containsOnlyOnce("sync " + STAGED);
    }
  }

  @Test
  void readsAndSyncsNothingAgainWhenTheStateWasRecorded() throws IOException {
    StagedUpload staged = stage(TestBody.text("abc"));
    close();
    open();

    try (BlobWriter writer = store.resume(staged)) {
      assertThat(writer.matches(ABC)).isTrue();
      writer.commit(ABC);
    }

    assertThat(changes()).doesNotContain("open " + STAGED, "read " + STAGED, "sync " + STAGED);
    assertThat(changes()).contains("make " + FOLDER);
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
  void syncsAgainWhatItCutOff() throws IOException {
    StagedUpload staged = stage(TestBody.text("abc"));
    try (BlobWriter writer = store.resume(staged)) {
      writer.append(TestBody.text("def"));
    }
    files.forget();

    try (BlobWriter writer = store.resume(staged)) {
      writer.commit(ABC);
    }

    assertThat(changes()).containsSubsequence("truncate " + STAGED, "sync " + STAGED);
  }

  @Test
  void letsTheDeviceBeginWhileMoreArrives() throws IOException {
    long size = 70L << 20;
    try (BlobWriter writer = create()) {
      writer.append(TestBody.of(2, size));
      assertThat(files.record()).contains("sync " + STAGED);
      writer.commit(TestBody.digestOf(2, size));
    }

    assertThat(files.record().lastIndexOf("sync " + STAGED))
        .isGreaterThan(files.record().lastIndexOf("write " + STAGED));
  }

  @Test
  void neverStoresBytesWhoseSyncFailedOnce() throws IOException {
    try (BlobWriter writer = create()) {
      writer.append(TestBody.text("abc"));
      failOn("sync", STAGED);
      assertKind(Kind.UNAVAILABLE, writer::state);
      files.trap((_, _) -> {});

      assertKind(Kind.UNAVAILABLE, writer::state);
      assertKind(Kind.UNAVAILABLE, () -> writer.commit(ABC));
    }

    assertThat(blobs()).isEmpty();
  }

  @Test
  void leavesNoBlobWhoseNameMayBeLost() throws IOException {
    failOn("sync folder", FOLDER);

    assertKind(Kind.UNAVAILABLE, () -> put("abc"));

    assertThat(blobs()).isEmpty();
  }

  @Test
  void makesTheFolderAgainThatADeleteTookAway() throws IOException {
    boolean[] taken = {false};
    files.trap((operation, path) -> {
      if (operation.equals("move to") && !taken[0]) {
        taken[0] = true;
        Files.delete(path.getParent());
      }
    });

    put("abc");

    assertThat(taken[0]).isTrue();
    assertThat(blobs()).hasSize(1);
  }

  @Test
  void deletesDurably() throws IOException {
    StorageKey first = put("abc");
    StorageKey second = put("abc");
    files.forget();

    store.delete(first);
    assertThat(changes())
        .containsExactly("delete " + blobOf(first), "delete " + FOLDER, "sync folder " + FOLDER);
    files.forget();

    store.delete(second);
    assertThat(changes())
        .containsExactly("delete " + blobOf(second), "delete " + FOLDER, "sync folder " + PREFIX);
    assertThat(data.resolve(FOLDER)).doesNotExist();
  }

  @Test
  void deletesBesideAnotherDeleteOfTheSameDigest() throws IOException {
    StorageKey first = put("abc");
    StorageKey second = put("abc");
    files.trap((operation, path) -> {
      if (operation.equals("sync folder") && path.endsWith(ABC.hex())) {
        Files.delete(data.resolve(blobOf(second)));
        Files.delete(path);
      }
    });
    files.forget();

    store.delete(first);

    assertThat(files.record()).endsWith("sync folder " + PREFIX);
  }

  @Test
  void makesTheMarkerDurableBeforeAndAfterItTakesItsPlace() {
    store.writeMarker("database 1");

    assertThat(changes())
        .containsSubsequence(
            "sync blobs/.orlop-store.new", "move to blobs/.orlop-store", "sync folder blobs");
  }

  @Test
  void keepsNothingOfItsProbe() throws IOException {
    failOn("move to", "blobs/.orlop-probe");

    assertKind(Kind.UNAVAILABLE, store::checkWritable);

    try (Stream<Path> left = Files.list(data.resolve("uploads"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void waitsForWhatIsUnderWayWhenTheBodyFailsUnexpectedly() throws IOException {
    try (BlobWriter writer = create()) {
      assertThatIllegalStateException().isThrownBy(() -> writer.append(new BuggyBody()));

      assertThat(writer.offset()).isEqualTo(ChunkBuffers.LARGE);
      writer.commit(TestBody.digestOf(3, ChunkBuffers.LARGE));
    }

    assertThat(blobs()).hasSize(1);
  }

  /** Fails with its second chunk, while the first is being written. */
  private static final class BuggyBody extends FilterInputStream {
    private long seen;

    private BuggyBody() {
      super(TestBody.of(3, 1 << 20));
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
      if (seen >= ChunkBuffers.LARGE) {
        throw new IllegalStateException("A bug in the body");
      }
      int given = super.read(target, from, count);
      seen += given;
      return given;
    }
  }

  private List<Path> blobs() throws IOException {
    try (Stream<Path> all = Files.walk(data.resolve("blobs"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private void failOn(String operation, String path) {
    files.trap((tried, on) -> {
      if (tried.equals(operation) && data.relativize(on).toString().equals(path)) {
        throw new IOException("Input/output error");
      }
    });
  }

  private static void assertKind(Kind kind, ThrowingCallable action) {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(action)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void takesAMissingStoreForAWrongSetupAndNotForAMissingBlob() throws IOException {
    StorageKey key = put("abc");
    files.trap((_, path) -> {
      if (path.startsWith(data.resolve("blobs"))) {
        throw new NoSuchFileException(path.toString());
      }
    });

    assertKind(Kind.MISCONFIGURED, () -> store.open(key));
  }
}
