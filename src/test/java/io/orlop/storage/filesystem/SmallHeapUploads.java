package io.orlop.storage.filesystem;

import io.orlop.storage.BlobStore;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.SpaceReserve;
import io.orlop.storage.TestBody;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A program that stores many blobs at once, to be run with little memory. */
final class SmallHeapUploads {
  static final int UPLOADS = 256;
  static final long SIZE = 1 << 20;

  private SmallHeapUploads() {}

  /** Stores into the folder that is the only argument; ends with an exception if that fails. */
  public static void main(String[] arguments) throws Exception {
    List<Callable<Boolean>> uploads = new ArrayList<>();
    try (BlobStore store = FilesystemBlobStore.open(Path.of(arguments[0]), new SpaceReserve(0, 0));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < UPLOADS; i++) {
        long seed = i;
        uploads.add(() -> upload(store, seed));
      }
      for (Future<Boolean> done : threads.invokeAll(uploads)) {
        done.get();
      }
    }
  }

  private static boolean upload(BlobStore store, long seed) throws IOException {
    try (BlobWriter writer = store.create(UUID.randomUUID(), Set.of())) {
      writer.append(TestBody.of(seed, SIZE));
      writer.commit(TestBody.digestOf(seed, SIZE));
    }
    return true;
  }
}
