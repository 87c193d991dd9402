package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orlop.storage.TestBody;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BodyPumpTest {
  private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
  private final List<Integer> chunks = new ArrayList<>();

  private CompletableFuture<?> take(ByteBuffer chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunks.add(bytes.length);
    chunk.get(bytes);
    arrived.writeBytes(bytes);
    return CompletableFuture.completedFuture(null);
  }

  private void pump(InputStream body, BodyPump.Sink sink) throws IOException {
    try (ChunkBuffers.Pair pair = new ChunkBuffers(0).take()) {
      new BodyPump(body, sink).run(pair);
    }
  }

  @Test
  void fillsEachChunkBeforeItPassesItOn() throws IOException {
    pump(TestBody.of(1, 40_000), this::take);

    assertThat(chunks).containsExactly(16_384, 16_384, 7_232);
    assertThat(arrived.toByteArray()).isEqualTo(TestBody.of(1, 40_000).readAllBytes());
  }

  @Test
  void passesNothingOnOfAnEmptyBody() throws IOException {
    pump(InputStream.nullInputStream(), this::take);

    assertThat(chunks).isEmpty();
  }

  @Test
  void passesOnWhatArrivedBeforeTheBodyBrokeOff() {
    assertThatIOException()
        .isThrownBy(() -> pump(TestBody.breaking(1, 40_000, 20_000), this::take))
        .withMessage("The client went away");

    assertThat(chunks).containsExactly(16_384, 3_616);
  }

  @Test
  void readsOneChunkAheadWhileTheSinkIsBusy() throws IOException {
    List<CompletableFuture<String>> busy = new ArrayList<>();
    List<Long> readWhenTaken = new ArrayList<>();
    CountingBody body = new CountingBody(TestBody.of(1, 80_000), busy);

    pump(
        body,
        chunk -> {
          readWhenTaken.add(body.read);
          chunk.position(chunk.limit());
          CompletableFuture<String> taken = new CompletableFuture<>();
          busy.add(taken);
          if (body.ended) {
            taken.complete("done");
          }
          return taken;
        });

    assertThat(readWhenTaken).containsExactly(16_384L, 32_768L, 49_152L, 65_536L, 80_000L);
  }

  /** Lets the sink finish with a chunk only when all of the next one has been read. */
  private static final class CountingBody extends FilterInputStream {
    private final List<CompletableFuture<String>> busy;
    private long read;
    private boolean ended;

    private CountingBody(InputStream body, List<CompletableFuture<String>> busy) {
      super(body);
      this.busy = busy;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
      int given = super.read(target, from, count);
      read += Math.max(given, 0);
      ended = given < 0;
      if (given == count || given < 0) {
        busy.forEach(taken -> taken.complete("done"));
      }
      return given;
    }
  }

  @Test
  void stopsReadingWhenTheSinkFails() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            pump(
                TestBody.of(1, 1L << 40),
                _ -> CompletableFuture.failedFuture(new IllegalStateException("full"))))
        .withMessage("full");
  }
}
