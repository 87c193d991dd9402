package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.platform.stream.PieceSource;
import io.orlop.storage.BlobReader;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.SpaceReserve;
import io.orlop.storage.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that come piece by piece, with nobody waiting for the next. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AppendTest {
  private static final int PIECES = 300;

  /** A body whose pieces this test brings. */
  private static final class Body extends InputStream implements PieceSource {
    private final Queue<ByteBuffer> pieces = new ArrayDeque<>();
    private @Nullable Taker taker;
    private boolean ended;
    private int awaited;

    synchronized void bring(byte[] bytes) {
      pieces.add(ByteBuffer.wrap(bytes));
      signal();
    }

    synchronized void end() {
      ended = true;
      signal();
    }

    private void signal() {
      notifyAll();
      Taker told = taker;
      taker = null;
      if (told != null) {
        told.turn(!pieces.isEmpty());
      }
    }

    synchronized void awaitTaker() throws InterruptedException {
      while (taker == null) {
        wait();
      }
    }

    @Override
    public synchronized void tell(Taker next) {
      taker = next;
      if (!pieces.isEmpty() || ended) {
        signal();
      }
      notifyAll();
    }

    @Override
    public void giveUpSilence() {
      end();
    }

    @Override
    public synchronized boolean awaitPiece() throws IOException {
      awaited++;
      try {
        while (pieces.isEmpty() && !ended) {
          wait();
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return !pieces.isEmpty();
    }

    @Override
    public synchronized @Nullable ByteBuffer takePiece() {
      return pieces.poll();
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("comes in pieces");
    }

    @Override
    public int read(byte[] target, int from, int count) {
      throw new UnsupportedOperationException("comes in pieces");
    }
  }

  @TempDir private Path folder;
  private FilesystemBlobStore store;
  private BlobWriter writer;
  private final Body body = new Body();
  private CompletableFuture<Long> appended;

  @BeforeEach
  void begin() {
    store = FilesystemBlobStore.open(folder, new SpaceReserve(0, 0));
    writer = store.create(UUID.randomUUID(), Set.of(DigestAlgorithm.SHA256));
    appended = new CompletableFuture<>();
    var _ =
        Thread.ofVirtual()
            .start(() -> {
              try {
                appended.complete(writer.append(body));
              } catch (IOException | RuntimeException e) {
                appended.completeExceptionally(e);
              }
            });
  }

  @AfterEach
  void end() {
    store.close();
  }

  @Test
  void nobodyWaitsBetweenPieces() throws Exception {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    Random random = new Random(5);
    for (int i = 0; i < PIECES; i++) {
      byte[] piece = new byte[random.nextInt(1, 50_000)];
      random.nextBytes(piece);
      sent.write(piece);
      body.bring(piece);
      if (i % 3 == 0) {
        body.awaitTaker();
      }
    }
    body.end();
    assertThat(appended.join()).isEqualTo(sent.size());
    assertThat(body.awaited).as("for the end").isOne();
    Digest digest = Digest.of(sent.toByteArray());
    assertThat(writer.matches(digest)).isTrue();
    try (BlobReader reader = store.open(writer.commit(digest))) {
      assertThat(reader.file().orElseThrow()).hasBinaryContent(sent.toByteArray());
    }
  }

  @Test
  void silentBodyIsAskedToGiveUp() throws Exception {
    body.bring(new byte[1000]);
    assertThat(appended.join()).isEqualTo(1000);
    writer.cancel();
  }

  @Test
  void storeThatIsClosedBetweenPiecesIsTold() throws Exception {
    body.bring(new byte[1000]);
    body.awaitTaker();
    store.close();
    body.bring(new byte[1000]);
    assertThatThrownBy(appended::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.UNAVAILABLE));
    assertThat(writer.offset()).isEqualTo(1000);
    assertThatThrownBy(writer::close).isInstanceOf(StorageException.class);
  }
}
