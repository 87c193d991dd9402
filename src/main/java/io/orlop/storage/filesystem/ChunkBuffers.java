package io.orlop.storage.filesystem;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The memory of uploads: pairs of buffers, of which one fills from the socket while the other is
 * hashed and written. Large pairs are kept and lent again, up to a limit; beyond it small ones are
 * made, so that slow clients who hold on to their buffers never make others wait.
 */
final class ChunkBuffers {
  static final int LARGE = 256 * 1024;
  static final int SMALL = 16 * 1024;

  private final Deque<Pair> idle = new ArrayDeque<>();
  private long unmade;

  /**
   * Two buffers, lent until closed.
   *
   * @param first is filled first
   */
  record Pair(ByteBuffer first, ByteBuffer second, ChunkBuffers owner) implements AutoCloseable {
    @Override
    public void close() {
      owner.giveBack(this);
    }
  }

  /**
   * Lends nothing yet.
   *
   * @param bytes how much memory large pairs may take altogether
   */
  ChunkBuffers(long bytes) {
    unmade = bytes / (2 * LARGE);
  }

  /** Lends a pair. */
  synchronized Pair take() {
    if (!idle.isEmpty()) {
      return idle.pop();
    }
    if (unmade == 0) {
      return pair(SMALL);
    }
    unmade--;
    return pair(LARGE);
  }

  private Pair pair(int size) {
    return new Pair(ByteBuffer.allocate(size), ByteBuffer.allocate(size), this);
  }

  private synchronized void giveBack(Pair pair) {
    if (pair.first.capacity() == LARGE) {
      idle.push(pair);
    }
  }
}
