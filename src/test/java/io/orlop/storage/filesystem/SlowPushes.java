package io.orlop.storage.filesystem;

import io.orlop.storage.BlobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many clients that push a blob each, at the same time. */
record SlowPushes(ExecutorService threads, List<Future<?>> pushes) implements AutoCloseable {

  static SlowPushes start(int clients, BlobStore store) {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    List<Future<?>> pushes = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      StoreLife life = new StoreLife(client, false);
      pushes.add(
          threads.submit(() -> {
            life.pushWhole(store);
            life.checkPromises(store);
            return null;
          }));
    }
    return new SlowPushes(threads, pushes);
  }

  void finish() throws ExecutionException, InterruptedException {
    for (Future<?> push : pushes) {
      push.get();
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
