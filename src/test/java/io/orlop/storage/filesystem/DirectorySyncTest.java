package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.orlop.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectorySyncTest {
  @TempDir private Path folder;
  private RecordingFileLayer files;
  private Disk disk;
  private DirectorySync sync;
  private final AtomicInteger begun = new AtomicInteger();
  private final Semaphore held = new Semaphore(0);

  @BeforeEach
  void open() {
    files = new RecordingFileLayer(folder);
    StoreFolders folders = new StoreFolders(folder);
    disk = new Disk(new DiskFailures(files, folders, new StorePlace(files, folders)));
    sync = new DirectorySync(disk, files);
  }

  @AfterEach
  void close() {
    disk.close();
  }

  /** Lets each sync begin, and end only when it is let go. */
  private void holdUp() {
    files.trap((operation, _) -> {
      if (operation.equals("sync folder")) {
        begun.incrementAndGet();
        held.acquireUninterruptibly();
      }
    });
  }

  private CompletableFuture<?> requestOnAnotherThread() {
    CompletableFuture<Void> over =
        CompletableFuture.runAsync(() -> Disk.join(sync.request(List.of(folder))));
    await().until(() -> begun.get() == 1);
    return over;
  }

  @Test
  void syncsOnceForAllWhoAskedWhileItWasBusy() {
    holdUp();
    CompletableFuture<?> first = requestOnAnotherThread();
    List<CompletableFuture<?>> duringFirst = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      duringFirst.add(sync.request(List.of(folder)));
    }
    held.release();
    await().until(() -> begun.get() == 2);
    CompletableFuture<?> duringSecond = sync.request(List.of(folder));
    held.release();
    await().until(() -> begun.get() == 3);

    Disk.join(first);
    duringFirst.forEach(Disk::join);
    assertThat(duringSecond.isDone()).isFalse();
    held.release();
    Disk.join(duringSecond);
    assertThat(files.record()).hasSize(3);
  }

  @Test
  void failureOfOneSyncIsNotThatOfTheNext() {
    files.trap((operation, _) -> {
      if (operation.equals("sync folder") && begun.incrementAndGet() == 1) {
        held.acquireUninterruptibly();
        throw new IOException("Input/output error");
      }
    });
    CompletableFuture<?> first = requestOnAnotherThread();
    CompletableFuture<?> next = sync.request(List.of(folder));
    held.release();

    Disk.join(next);
    assertThatExceptionOfType(StorageException.class).isThrownBy(() -> Disk.join(first));
  }

  @Test
  void forgetsWhatCouldNotBegin() {
    holdUp();
    CompletableFuture<?> first = requestOnAnotherThread();
    CompletableFuture<?> next = sync.request(List.of(folder));
    disk.close();
    held.release(2);

    Disk.join(first);
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> Disk.join(next))
        .withMessageContaining("closed");
    Disk.join(sync.request(List.of(folder)));
  }

  @Test
  void syncsAgainForWhoAsksAfterwards() {
    Disk.join(sync.request(List.of(folder)));
    Disk.join(sync.request(List.of(folder)));

    assertThat(files.record()).hasSize(2);
  }

  @Test
  void syncsTheLastByTheCallerWhereNobodyElseIsAtIt() throws IOException {
    Path other = folder.resolve("other");
    files.makeDirectory(other);
    Map<Path, Thread> at = new ConcurrentHashMap<>();
    files.trap((_, path) -> at.put(path, Thread.currentThread()));

    Disk.join(sync.request(List.of(other, folder)));

    assertThat(at).containsEntry(folder, Thread.currentThread());
    assertThat(at.get(other)).isNotNull().isNotEqualTo(Thread.currentThread());
  }

  @Test
  void failsForThoseAloneWhoseFolderFailed() throws IOException {
    Path bad = folder.resolve("bad");
    files.trap((_, path) -> {
      if (path.equals(bad)) {
        throw new IOException("Input/output error");
      }
    });

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> Disk.join(sync.request(List.of(folder, bad))))
        .withMessageContaining(bad.toString());

    Disk.join(sync.request(List.of(folder)));
    assertThat(files.record())
        .filteredOn(entry -> entry.startsWith("sync folder"))
        .containsExactly("sync folder ", "sync folder ");
  }
}
