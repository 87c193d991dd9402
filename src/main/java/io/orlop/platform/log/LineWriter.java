package io.orlop.platform.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * Writes lines beside whoever has them: a few hundred in one go, a moment late, and never more than
 * fit into memory. A request must not wait because nobody reads the log.
 *
 * @param <T> what becomes a line
 */
final class LineWriter<T> implements AutoCloseable {
  private static final int WAITING = 16_384;
  private static final long DELAY_MILLIS = 20;

  /** What a pipe takes in one piece, so that lines of other loggers do not come in between. */
  private static final int PIECE = 4_096;

  private final BlockingQueue<T> queue = new ArrayBlockingQueue<>(WAITING);
  private final AtomicBoolean planned = new AtomicBoolean();
  private final LongAdder dropped = new LongAdder();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("access-log").factory());
  private final BiConsumer<T, StringBuilder> format;
  private final OutputStream output;

  /**
   * Makes a writer.
   *
   * @param format appends a line, with its end; called by one thread at a time
   */
  LineWriter(BiConsumer<T, StringBuilder> format, OutputStream output) {
    this.format = format;
    this.output = output;
  }

  /** Takes a line, or drops it if too many are waiting. */
  void write(T line) {
    if (!queue.offer(line)) {
      dropped.increment();
    } else if (!planned.get() && planned.compareAndSet(false, true)) {
      var _ = writer.schedule(this::drain, DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Returns how many lines were dropped. */
  long dropped() {
    return dropped.sum();
  }

  private void drain() {
    planned.set(false);
    ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE);
    StringBuilder text = new StringBuilder();
    try {
      for (T next = queue.poll(); next != null; next = queue.poll()) {
        text.setLength(0);
        format.accept(next, text);
        byte[] line = text.toString().getBytes(StandardCharsets.UTF_8);
        if (piece.size() + line.length > PIECE) {
          flush(piece);
        }
        piece.writeBytes(line);
      }
      flush(piece);
    } catch (IOException e) {
      // There is nobody left to tell, but the one who counts.
      dropped.increment();
    }
  }

  private void flush(ByteArrayOutputStream piece) throws IOException {
    if (piece.size() > 0) {
      output.write(piece.toByteArray());
      piece.reset();
    }
  }

  /** Writes what is waiting, and takes no more. */
  @Override
  public void close() {
    planned.set(true);
    var _ = writer.submit(this::drain);
    writer.close();
  }
}
