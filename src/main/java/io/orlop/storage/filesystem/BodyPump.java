package io.orlop.storage.filesystem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Moves a body to a sink: reads the next chunk while the sink is busy with the one before. */
final class BodyPump {

  /** Takes chunks, one at a time. */
  interface Sink {
    /** Begins to take a chunk, whose buffer is the sink's until it is done. */
    CompletableFuture<?> take(ByteBuffer chunk);
  }

  private final InputStream body;
  private final Sink sink;
  private CompletableFuture<?> busy = CompletableFuture.completedFuture(null);
  private @Nullable IOException broken;

  BodyPump(InputStream body, Sink sink) {
    this.body = body;
    this.sink = sink;
  }

  /**
   * Moves the whole body. When it breaks off, what arrived goes to the sink first. When this
   * returns or throws, the sink is done with the buffers.
   *
   * @throws IOException if the body breaks off
   */
  void run(ChunkBuffers.Pair buffers) throws IOException {
    ByteBuffer filling = buffers.first();
    ByteBuffer draining = buffers.second();
    try {
      boolean more = true;
      while (more) {
        more = fill(filling);
        Disk.join(busy);
        if (filling.hasRemaining()) {
          busy = sink.take(filling);
        }
        ByteBuffer drained = draining;
        draining = filling;
        filling = drained;
      }
      Disk.join(busy);
    } finally {
      Disk.settle(busy);
    }
    if (broken != null) {
      throw broken;
    }
  }

  private boolean fill(ByteBuffer chunk) {
    chunk.clear();
    boolean more = true;
    while (more && chunk.hasRemaining()) {
      more = readInto(chunk);
    }
    chunk.flip();
    return more;
  }

  private boolean readInto(ByteBuffer chunk) {
    try {
      int count =
          body.read(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining());
      chunk.position(chunk.position() + Math.max(count, 0));
      return count >= 0;
    } catch (IOException e) {
      broken = e;
      return false;
    }
  }
}
