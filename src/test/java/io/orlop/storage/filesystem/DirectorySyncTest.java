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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySyncTest {
  @TempDir private Path folder;
  private RecordingFileLayer files;
  private Disk disk;
  private DirectorySync sync;

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

  @Test
  void syncsOnceForAllWhoAskedWhileItWasBusy() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    files.trap((_, _) -> {
      begun.incrementAndGet();
      awaitUninterruptibly(release);
    });
    List<Future<?>> asked = new ArrayList<>();
    List<Thread> askers = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(task -> {
          Thread thread = new Thread(task);
          askers.add(thread);
          return thread;
        })) {
      asked.add(threads.submit(() -> Disk.join(sync.begin(List.of(folder)))));
      await().until(() -> begun.get() == 1);
      for (int i = 0; i < 8; i++) {
        asked.add(threads.submit(() -> Disk.join(sync.begin(List.of(folder)))));
      }
      await()
          .until(() -> askers.stream().allMatch(asker -> asker.getState() == Thread.State.WAITING));
      release.countDown();
      for (Future<?> done : asked) {
        done.get();
      }
    }

    assertThat(files.record()).containsExactly("sync folder ", "sync folder ");
  }

  private static void awaitUninterruptibly(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void syncsAgainForWhoAsksAfterwards() {
    Disk.join(sync.begin(List.of(folder)));
    Disk.join(sync.begin(List.of(folder)));

    assertThat(files.record()).hasSize(2);
  }

  @Test
  void syncsTheLastByTheCallerWhereNobodyElseIsAtIt() throws IOException {
    Path other = folder.resolve("other");
    files.makeDirectory(other);
    Map<Path, Thread> at = new ConcurrentHashMap<>();
    files.trap((_, path) -> at.put(path, Thread.currentThread()));

    Disk.join(sync.begin(List.of(other, folder)));

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
        .isThrownBy(() -> Disk.join(sync.begin(List.of(folder, bad))))
        .withMessageContaining(bad.toString());

    Disk.join(sync.begin(List.of(folder)));
    assertThat(files.record())
        .filteredOn(entry -> entry.startsWith("sync folder"))
        .containsExactly("sync folder ", "sync folder ");
  }
}
