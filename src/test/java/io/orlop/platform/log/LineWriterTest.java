package io.orlop.platform.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineWriterTest {

  @Test
  void writesEveryLineInItsOrder() {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (LineWriter<Integer> writer =
        new LineWriter<>((number, line) -> line.append(number).append('\n'), output)) {
      IntStream.range(0, 5_000).forEach(writer::write);
    }

    assertThat(output.toString(StandardCharsets.UTF_8).lines().map(Integer::valueOf))
        .containsExactlyElementsOf(IntStream.range(0, 5_000).boxed().toList());
  }

  @Test
  void writesWithoutBeingClosed() {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (LineWriter<String> writer = new LineWriter<>((text, line) -> line.append(text), output)) {
      writer.write("first\n");
      await().until(() -> output.size() == 6);
      writer.write("second\n");
      await().until(() -> output.size() == 13);
    }
  }

  @Test
  void writesPiecesOfWholeLinesThatAPipeDoesNotSplit() {
    List<String> pieces = new CopyOnWriteArrayList<>();
    OutputStream output =
        new ByteArrayOutputStream() {
          @Override
          public void write(byte[] bytes) {
            pieces.add(new String(bytes, StandardCharsets.UTF_8));
          }
        };
    try (LineWriter<String> writer = new LineWriter<>((text, line) -> line.append(text), output)) {
      IntStream.range(0, 500).forEach(_ -> writer.write("a".repeat(99) + "\n"));
    }

    assertThat(String.join("", pieces)).hasSize(50_000);
    assertThat(pieces).allSatisfy(piece -> assertThat(piece).hasSizeLessThan(4_097));
    assertThat(pieces).allSatisfy(piece -> assertThat(piece).endsWith("\n"));
  }

  @Test
  void dropsLinesRatherThanMakeAnybodyWait() {
    CountDownLatch stuck = new CountDownLatch(1);
    OutputStream output =
        new ByteArrayOutputStream() {
          @Override
          public void write(byte[] bytes) {
            try {
              stuck.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    try (LineWriter<String> writer = new LineWriter<>((text, line) -> line.append(text), output)) {
      IntStream.range(0, 100_000).forEach(_ -> writer.write("a".repeat(99) + "\n"));

      assertThat(writer.dropped()).isBetween(1L, 100_000L);
      stuck.countDown();
    }
  }
}
