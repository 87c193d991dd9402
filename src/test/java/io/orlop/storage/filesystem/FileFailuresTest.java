package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orlop.storage.BlobWriter;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import io.orlop.storage.StorageKey;
import io.orlop.storage.TestBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the store does when the file system fails, or something else changes it. */
class FileFailuresTest extends RecordedStore {

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
  void neverStoresBytesWhoseSyncFailedOnce() throws IOException {
    try (BlobWriter writer = create()) {
      writer.append(TestBody.text("abc"));
      failOn("sync", STAGED);
      assertKind(Kind.UNAVAILABLE, () -> writer.commit(ABC));
      files.trap((_, _) -> {});

      assertKind(Kind.UNAVAILABLE, () -> writer.commit(ABC));
    }

    assertThat(blobs()).isEmpty();
  }

  @Test
  void leavesNoBlobWhoseNameMayBeLost() throws IOException {
    failOn("sync folder", PREFIX);

    assertKind(Kind.UNAVAILABLE, () -> put("abc"));

    assertThat(blobs()).isEmpty();
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
      BuggyBody body = new BuggyBody();
      assertThatIllegalStateException().isThrownBy(() -> writer.append(body));

      assertThat(writer.offset()).isEqualTo(body.seen).isPositive();
      writer.commit(TestBody.digestOf(3, body.seen));
    }

    assertThat(blobs()).hasSize(1);
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

  @Test
  void neverStoresBytesWhoseSyncFailedWhileMoreArrived() throws IOException {
    long size = StagedFile.SYNC_EVERY + 1;
    AtomicInteger syncs = new AtomicInteger();
    files.trap((operation, _) -> {
      if (operation.equals("sync") && syncs.incrementAndGet() == 1) {
        throw new IOException("Input/output error");
      }
    });
    try (BlobWriter writer = create()) {
      writer.append(TestBody.of(2, size));

      assertKind(Kind.UNAVAILABLE, () -> writer.commit(TestBody.digestOf(2, size)));
    }

    assertThat(blobs()).isEmpty();
    try (Stream<Path> left = Files.list(data.resolve("uploads"))) {
      assertThat(left).as("what another request could go on with").isEmpty();
    }
  }

  /** Fails after its first chunks. */
  private static final class BuggyBody extends FilterInputStream {
    private long seen;

    private BuggyBody() {
      super(TestBody.of(3, 1 << 20));
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
      if (seen >= StreamPieces.SIZE) {
        throw new IllegalStateException("A bug in the body");
      }
      int given = super.read(target, from, count);
      seen += given;
      return given;
    }
  }

  private static void assertKind(Kind kind, ThrowingCallable action) {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(action)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
