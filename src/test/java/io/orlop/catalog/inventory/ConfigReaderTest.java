package io.orlop.catalog.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.catalog.blob.BlobInfo;
import io.orlop.oci.Digest;
import io.orlop.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
  private static final byte[] BYTES = "{}".getBytes(StandardCharsets.UTF_8);
  private static final Digest DIGEST = Digest.of(BYTES);

  private final List<StorageKey> asked = new ArrayList<>();

  private static BlobInfo config(int generation, long size) {
    return new BlobInfo(DIGEST, size, StorageKey.of(DIGEST, Integer.toString(generation)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void doesNotTryAgainWhatCannotBeReadUntilItIsPushedAnew() {
    BlobInfo lost = config(1, 2);
    BlobInfo anew = config(2, 2);
    ConfigReader reader =
        new ConfigReader(blob -> {
          asked.add(blob.key());
          return blob.equals(lost) ? Optional.empty() : Optional.of(BYTES);
        });

    assertThat(reader.isUnreadable(lost)).isFalse();
    assertThat(reader.read(lost, ConfigReaderTest::text)).isEmpty();
    assertThat(reader.read(lost, ConfigReaderTest::text)).isEmpty();
    assertThat(reader.isUnreadable(lost)).isTrue();
    assertThat(reader.read(anew, ConfigReaderTest::text)).contains("{}");

    assertThat(asked).containsExactly(lost.key(), anew.key());
  }

  @Test
  void oneThatTakesLongDoesNotKeepOthersWaiting() throws Exception {
    CountDownLatch slowHasBegun = new CountDownLatch(1);
    CountDownLatch quickIsDone = new CountDownLatch(1);
    BlobInfo slow = config(1, ConfigBlobs.LARGEST);
    ConfigReader reader =
        new ConfigReader(blob -> {
          if (blob.equals(slow)) {
            slowHasBegun.countDown();
            await(quickIsDone);
          }
          return Optional.of(BYTES);
        });

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Optional<String>> waiting =
          threads.submit(() -> reader.read(slow, ConfigReaderTest::text));
      await(slowHasBegun);
      assertThat(reader.read(config(2, 2), ConfigReaderTest::text)).contains("{}");
      quickIsDone.countDown();
      assertThat(waiting.get()).contains("{}");
    }
  }

  @Test
  void readsTwoOfTheLargestAtATime() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    ConfigReader reader =
        new ConfigReader(_ -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          two.countDown();
          await(two);
          now.decrementAndGet();
          return Optional.of(BYTES);
        });

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<String>>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        BlobInfo large = config(i, ConfigBlobs.LARGEST);
        all.add(threads.submit(() -> reader.read(large, ConfigReaderTest::text)));
      }
      for (Future<Optional<String>> one : all) {
        assertThat(one.get()).contains("{}");
      }
    }
    assertThat(most).hasValue(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
