package io.orlop.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.storage.SpaceReserve;
import io.orlop.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Cuts the power at every operation of the file system, and looks what a store finds that starts
 * again. {@code -Dorlop.powercut.rounds=1000} makes it long, {@code -Dorlop.powercut.seed} repeats
 * a failure.
 */
class PowerCutTest {
  private static final int ROUNDS = Integer.getInteger("orlop.powercut.rounds", 2);
  private static final long SEED = Long.getLong("orlop.powercut.seed", 20261122L);
  private static final int CALLERS = 4;
  private static final Path DATA = Path.of("/var/lib/orlop");

  @Test
  void keepsWhatItAcknowledgedWhereverThePowerIsCut() throws Exception {
    for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
      long operations = operationsOf(seed);
      for (long cut = 1; cut <= operations; cut++) {
        for (boolean done : new boolean[] {false, true}) {
          PowerCutFileLayer files = newFiles();
          files.cutAt(cut, done);
          StoreLife life = new StoreLife(seed, true);
          liveUntilCut(files, life);
          checkAfter(
              files, List.of(life), new Random(seed + cut), "cut " + cut + " of seed " + seed);
        }
      }
    }
  }

  @Test
  void keepsWhatItAcknowledgedToManyAtOnce() throws Exception {
    for (long seed = SEED; seed < SEED + ROUNDS * 25L; seed++) {
      Random random = new Random(seed);
      PowerCutFileLayer files = newFiles();
      List<StoreLife> lives = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        lives.add(new StoreLife(random.nextLong(), caller == 0));
      }
      for (int power = 0; power < 3; power++) {
        files.cutAt(1 + random.nextInt(500), random.nextBoolean());
        liveTogetherUntilCut(files, lives);
        files = checkAfter(files, lives, random, "seed " + seed);
      }
    }
  }

  private static long operationsOf(long seed) throws IOException {
    PowerCutFileLayer files = newFiles();
    liveUntilCut(files, new StoreLife(seed, true));
    return files.operations();
  }

  /** Makes the data folder as others do before the store is opened: without a sync. */
  private static PowerCutFileLayer newFiles() throws IOException {
    PowerCutFileLayer files = new PowerCutFileLayer();
    for (String folder : List.of("/var", "/var/lib", "/var/lib/orlop")) {
      files.makeDirectory(Path.of(folder));
    }
    return files;
  }

  private static void liveUntilCut(PowerCutFileLayer files, StoreLife life) throws IOException {
    try (FilesystemBlobStore store = open(files)) {
      store.checkWritable();
      for (int step = 0; step < StoreLife.STEPS && !files.isCut(); step++) {
        life.step(store);
      }
    } catch (StorageException e) {
      assertThat(files.isCut()).as("the cause is the power, not %s", e).isTrue();
    }
    files.cutNow();
  }

  private static void liveTogetherUntilCut(PowerCutFileLayer files, List<StoreLife> lives)
      throws Exception {
    try (FilesystemBlobStore store = open(files);
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<?>> callers = new ArrayList<>();
      for (StoreLife life : lives) {
        callers.add(
            threads.submit(() -> {
              for (int step = 0; step < 2 * StoreLife.STEPS && !files.isCut(); step++) {
                life.step(store);
              }
              return null;
            }));
      }
      for (Future<?> caller : callers) {
        try {
          caller.get();
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(StorageException.class);
          assertThat(files.isCut()).as("the cause is the power, not %s", e).isTrue();
        }
      }
    } catch (StorageException e) {
      assertThat(files.isCut()).as("the cause is the power, not %s", e).isTrue();
    }
    files.cutNow();
  }

  /** Starts again and checks everything; returns the file system for the next life. */
  private static PowerCutFileLayer checkAfter(
      PowerCutFileLayer before, List<StoreLife> lives, Random random, String where)
      throws IOException {
    PowerCutFileLayer files = before.afterPowerCut(random);
    try (FilesystemBlobStore store = open(files)) {
      store.checkWritable();
      for (StoreLife life : lives) {
        life.checkPromises(store);
        life.finishUploads(store, true);
        life.checkPromises(store);
      }
      StoredTruth.purge(store);
      assertThat(files.files(DATA.resolve("uploads"))).as("staged files").isEmpty();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "After "
              + where
              + ":\n"
              + String.join("\n", lives.stream().map(StoreLife::diary).toList()),
          e);
    }
    return files;
  }

  private static FilesystemBlobStore open(PowerCutFileLayer files) {
    SpaceGuard space = new SpaceGuard(files, DATA, new SpaceReserve(0, 0), () -> 0);
    return new FilesystemBlobStore(StoreParts.over(files, new StoreFolders(DATA), space));
  }
}
