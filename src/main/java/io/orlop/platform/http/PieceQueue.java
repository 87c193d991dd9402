package io.orlop.platform.http;

import io.netty.util.ReferenceCounted;
import io.orlop.platform.stream.ByteBudget;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that have arrived and wait for their reader. Each piece has an owner who is told once, when
 * nobody needs the bytes any more.
 *
 * <p>Not safe for concurrent use.
 */
final class PieceQueue {
  /** At so many bytes that nobody has taken, the socket is left alone. */
  private static final int MUCH = 512 * 1024;

  /** The same when memory is short. */
  private static final int MUCH_FOR_THE_THRIFTY = 64 * 1024;

  private static final int LITTLE = 128 * 1024;

  /** What is smaller is put together while it waits: each piece takes memory besides its bytes. */
  private static final int SMALL = 4 * 1024;

  private static final int GATHERED = 16 * 1024;

  private final ByteBudget budget;
  private final Deque<Piece> waiting = new ArrayDeque<>();
  private int held;
  private @Nullable Piece lent;

  /**
   * Bytes, and who has to be told when nobody needs them any more.
   *
   * @param owner absent if the bytes are left to the garbage collector
   * @param ours whether there may be room for more bytes behind these
   */
  private record Piece(ByteBuffer bytes, @Nullable ReferenceCounted owner, boolean ours) {
    private static Piece gathering() {
      return new Piece(ByteBuffer.allocate(GATHERED).limit(0), null, true);
    }

    private boolean hasRoomFor(int size) {
      return ours && bytes.capacity() - bytes.limit() >= size;
    }

    private void add(ByteBuffer more) {
      int end = bytes.limit();
      int size = more.remaining();
      bytes.limit(end + size).put(end, more, more.position(), size);
    }
  }

  /**
   * Makes an empty one.
   *
   * @param budget what the bytes count for that nobody has taken yet
   */
  PieceQueue(ByteBudget budget) {
    this.budget = budget;
  }

  /** Tells an owner, if there is one, that nobody needs its bytes. */
  static void release(@Nullable ReferenceCounted owner) {
    if (owner != null) {
      owner.release();
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Tells whether no more should come before somebody takes some. */
  boolean isMuch() {
    return held >= (budget.isSpent() ? MUCH_FOR_THE_THRIFTY : MUCH);
  }

  /** Tells whether more should come. */
  boolean isLittle() {
    return held <= LITTLE;
  }

  /** Adds bytes, at least one, and takes over their owner. */
  void add(ByteBuffer bytes, @Nullable ReferenceCounted owner) {
    int size = bytes.remaining();
    if (size >= SMALL || waiting.isEmpty()) {
      waiting.add(new Piece(bytes, owner, false));
    } else {
      if (!waiting.getLast().hasRoomFor(size)) {
        waiting.add(Piece.gathering());
      }
      waiting.getLast().add(bytes);
      release(owner);
    }
    held += size;
    budget.add(size);
  }

  /** Takes the next piece, good until the next call; null if there is none. */
  @Nullable ByteBuffer take() {
    giveBack();
    Piece piece = waiting.poll();
    lent = piece;
    if (piece == null) {
      return null;
    }
    held -= piece.bytes.remaining();
    budget.add(-piece.bytes.remaining());
    return piece.bytes;
  }

  private void giveBack() {
    Piece before = lent;
    lent = null;
    if (before != null) {
      release(before.owner);
    }
  }

  /** Gives back what nobody will take, and what is still lent. */
  void clear() {
    giveBack();
    waiting.forEach(piece -> release(piece.owner));
    waiting.clear();
    budget.add(-held);
    held = 0;
  }
}
