package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.storage.SpaceReserve;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fails the file system at every operation of every way to write, once or for a while, and looks
 * whether the store says why, keeps what it promised, and lets every upload go on or end.
 */
class FileFaultsTest {
  private static final int ROUNDS = Integer.getInteger("orlop.faults.rounds", 2);
  private static final long SEED = Long.getLong("orlop.faults.seed", 20261122L);
  private static final Path DATA = Path.of("/var/lib/orlop");

  /** What a file system says when it cannot. */
  private enum Fault {
    NO_SPACE(
        Kind.NO_SPACE,
        "No space left on device",
        "(?s).*(the volume is full|free other files).*",
        Set.of("create", "write", "make", "move", "sync", "sync folder")),
    BROKEN(
        Kind.UNAVAILABLE,
        "Input/output error",
        "(?s).*Input/output error.*",
        Set.of(
            "create",
            "open",
            "read",
            "write",
            "truncate",
            "close",
            "attributes",
            "make",
            "move",
            "delete",
            "sync",
            "sync folder")),
    TOO_MANY_FILES(
        Kind.UNAVAILABLE,
        "Too many open files",
        "(?s).*Too many open files.*",
        Set.of("create", "open", "sync folder", "list", "mount options")),
    READ_ONLY(
        Kind.MISCONFIGURED,
        "Read-only file system",
        "(?s).*mounted read-only.*",
        Set.of("create", "write", "truncate", "make", "move", "delete"));

    private final Kind kind;
    private final String reason;
    private final String message;

    @SuppressWarnings("ImmutableEnumChecker") // It is.
    private final Set<String> operations;

    Fault(Kind kind, String reason, String message, Set<String> operations) {
      this.kind = kind;
      this.reason = reason;
      this.message = message;
      this.operations = operations;
    }
  }

  /** Lets operations fail from a certain one on, until it is lifted. */
  private static final class FaultyTime implements PowerCutFileLayer.Trap {
    private final PowerCutFileLayer files;
    private final Fault fault;
    private final long from;
    private final long count;
    private long seen;
    private long failed;

    private FaultyTime(PowerCutFileLayer files, Fault fault, long from, long count) {
      this.files = files;
      this.fault = fault;
      this.from = from;
      this.count = count;
    }

    @Override
    public synchronized void before(String operation, Path path) throws IOException {
      if (!fault.operations.contains(operation)) {
        return;
      }
      seen++;
      if (seen >= from && failed < count) {
        failed++;
        show(true);
        throw new FileSystemException(path.toString(), null, fault.reason);
      }
    }

    private void show(boolean now) {
      if (fault == Fault.NO_SPACE) {
        files.space(now ? 0 : 1L << 40);
      }
      files.mountReadOnly(now && fault == Fault.READ_ONLY);
    }

    synchronized boolean hasBegun() {
      return failed > 0;
    }

    synchronized void lift() {
      files.trap((_, _) -> {});
      show(false);
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhyAndGoesOnAfterwards(Fault fault) throws IOException {
    for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
      for (long count : new long[] {1, Long.MAX_VALUE}) {
        long from = 1;
        while (reaches(fault, seed, from, count)) {
          from++;
        }
        assertThat(from).isGreaterThan(10);
      }
    }
  }

  /** Lives a life in which operations fail; returns whether it is long enough for that. */
  private static boolean reaches(Fault fault, long seed, long from, long count) throws IOException {
    PowerCutFileLayer files = new PowerCutFileLayer();
    StoreLife life = new StoreLife(seed, true);
    FaultyTime faults = new FaultyTime(files, fault, from, count);
    try (FilesystemBlobStore store = open(files)) {
      store.checkWritable();
      files.trap(faults);
      for (int step = 0; step < StoreLife.STEPS; step++) {
        try {
          life.step(store);
        } catch (StorageException e) {
          assertThat(faults.hasBegun()).as("something has failed, not %s", e).isTrue();
          assertThat(e.kind()).as("the kind of %s", e).isEqualTo(fault.kind);
          assertThat(e).message().matches(fault.message);
        }
        if (faults.hasBegun()) {
          faults.lift();
        }
      }
      faults.lift();
      life.checkPromises(store);
      life.repeatWhatFailed(store);
      life.finishUploads(store, false);
      life.checkPromises(store);
      store.checkWritable();
      StoredTruth.check(files, DATA);
      StoredTruth.purge(store);
      assertThat(files.files(DATA.resolve("uploads"))).as("staged files").isEmpty();
      checkAfterPowerCut(files, life);
      return faults.hasBegun();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "%s at operation %d of seed %d:%n%s".formatted(fault, from, seed, life.diary()), e);
    }
  }

  /** What was done again after it had failed is as durable as what never failed. */
  private static void checkAfterPowerCut(PowerCutFileLayer before, StoreLife life)
      throws IOException {
    PowerCutFileLayer files = before.afterPowerCut(new Random(SEED));
    try (FilesystemBlobStore store = open(files)) {
      life.checkPromises(store);
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void holdsUpNoReaderWhileTheDiskIsSlow() throws Exception {
    PowerCutFileLayer files = new PowerCutFileLayer();
    SlowDisk slow = new SlowDisk();
    try (FilesystemBlobStore store = open(files)) {
      StoreLife reader = new StoreLife(SEED, false);
      reader.pushWhole(store);
      files.trap(slow);
      try (SlowPushes pushes = SlowPushes.start(40, store)) {
        slow.awaitWaiting(16);
        reader.checkPromises(store);
        store.checkSpace();
        slow.release();
        pushes.finish();
      }
      StoredTruth.check(files, DATA);
    }
  }

  private static FilesystemBlobStore open(PowerCutFileLayer files) {
    SpaceGuard space = new SpaceGuard(files, DATA, new SpaceReserve(0, 0), () -> 0);
    return new FilesystemBlobStore(StoreParts.over(files, new StoreFolders(DATA), space));
  }
}
