package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orlop.storage.filesystem.Disk.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiskTest {
  @TempDir private Path folder;
  private final FileLayer files = new ChannelFileLayer();
  private final StoreFolders folders = new StoreFolders(Path.of("unused"));
  private final Disk disk =
      new Disk(new DiskFailures(files, folders, new StorePlace(files, folders)));

  @AfterEach
  void close() {
    disk.close();
  }

  @ParameterizedTest
  @EnumSource(Lane.class)
  void worksOnNamedPlatformThreads(Lane lane) {
    Thread worker = disk.call(lane, "test", folder, Thread::currentThread);

    assertThat(worker.isVirtual()).isFalse();
    assertThat(worker.isDaemon()).isTrue();
    assertThat(worker.getName()).startsWith("orlop-disk-" + lane.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void passesOnWhatIsNoFailureOfTheDisk() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            disk.run(
                Lane.READ,
                "test",
                folder,
                () -> {
                  throw new IllegalStateException("a bug");
                }))
        .withMessage("a bug");
  }

  @Test
  void waitsToTheEndAndKeepsTheInterruption() throws InterruptedException {
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              Thread.currentThread().interrupt();
              boolean answered = disk.call(Lane.WRITE, "test", folder, () -> true);
              interrupted.complete(answered && Thread.currentThread().isInterrupted());
            });
    caller.join();

    assertThat(interrupted).isCompletedWithValue(true);
  }

  @Test
  void tellsWhetherAnOperationIsOverInTime() {
    Duration moment = Duration.ofMillis(20);
    CompletableFuture<String> operation = new CompletableFuture<>();
    assertThat(Disk.isOverWithin(moment, operation)).isFalse();
    Thread.currentThread().interrupt();
    assertThat(Disk.isOverWithin(moment, operation)).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    operation.completeOnTimeout("over", 100, TimeUnit.MILLISECONDS);
    assertThat(Disk.isOverWithin(Duration.ofMinutes(1), operation)).isTrue();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Disk.isOverWithin(moment, CompletableFuture.failedFuture(new IOException())))
        .isTrue();
  }
}
