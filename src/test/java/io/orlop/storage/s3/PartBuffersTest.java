package io.orlop.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.storage.s3.PartBuffers.PartBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PartBuffersTest {

  @Test
  void lendsNoMoreThanTheBudget() {
    PartBuffers buffers = new PartBuffers(2_500, 1_000);
    PartBuffer first = buffers.take();
    PartBuffer second = buffers.take();
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<PartBuffer> third = CompletableFuture.supplyAsync(buffers::take, thread);
      await().until(() -> buffers.waiting() == 1);
      assertThat(third).isNotDone();

      first.close();

      assertThat(third.join().bytes()).isSameAs(first.bytes());
      third.join().close();
    }
    second.close();
    assertThat(buffers.free()).isEqualTo(2);
  }

  @Test
  void takesABufferBackOnce() {
    PartBuffers buffers = new PartBuffers(1_000, 1_000);
    PartBuffer buffer = buffers.take();

    buffer.close();
    buffer.close();

    assertThat(buffers.free()).isEqualTo(1);
  }

  @Test
  void lendsOneBufferHoweverSmallTheBudget() {
    assertThat(new PartBuffers(1, 1_000).free()).isEqualTo(1);
  }

  @Test
  void handsOutABufferEmpty() {
    PartBuffers buffers = new PartBuffers(1_000, 1_000);
    try (PartBuffer used = buffers.take()) {
      used.added(10);
    }

    try (PartBuffer again = buffers.take()) {
      assertThat(again.length()).isZero();
      assertThat(again.room()).isEqualTo(1_000);
    }
  }
}
