package io.orlop.platform.http;

import io.orlop.platform.stream.BulkInputStream;
import io.orlop.platform.stream.ByteBudget;
import io.orlop.platform.stream.PieceSource;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as it arrives. The connection's thread reads ahead of the reader, up to a bound:
 * the framework's own stream would have the two wait for each other at every piece, which costs
 * more than what is done with the bytes.
 */
public final class RequestBody extends BulkInputStream implements PieceSource {
  /** At so many bytes that nobody has taken, the socket is left alone. */
  private static final int MUCH = 512 * 1024;

  /** The same when memory is short. */
  private static final int MUCH_FOR_THE_THRIFTY = 64 * 1024;

  private static final int LITTLE = 128 * 1024;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private final HttpServerRequest request;
  private final ByteBudget budget;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
  private int held;
  private boolean begun;
  private boolean closed;
  private boolean paused;
  private boolean ended;
  private @Nullable Throwable failure;
  private @Nullable ByteBuffer current;

  /**
   * Takes up a body, of which nothing is read before somebody waits for it.
   *
   * @param budget what the bytes count for that nobody has taken yet
   */
  public RequestBody(HttpServerRequest request, ByteBudget budget) {
    this.request = request;
    this.budget = budget;
  }

  private void begin() {
    // Vert.x guards a request by its connection.
    synchronized (request.connection()) {
      if (request.isEnded()) {
        ended = true;
      } else {
        request.exceptionHandler(this::fail);
        request.endHandler(_ -> end());
        request.handler(this::put);
        request.resume();
      }
    }
  }

  @SuppressWarnings("deprecation") // The only way to a buffer's bytes without a copy.
  private void put(Buffer buffer) {
    ByteBuffer piece = buffer.getByteBuf().nioBuffer();
    if (!piece.hasRemaining()) {
      return;
    }
    lock.lock();
    try {
      if (closed) {
        return;
      }
      waiting.add(piece);
      held += piece.remaining();
      budget.add(piece.remaining());
      if (!paused && held >= (budget.isSpent() ? MUCH_FOR_THE_THRIFTY : MUCH)) {
        paused = true;
        request.pause();
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void fail(Throwable reason) {
    lock.lock();
    try {
      failure = reason;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is a piece.
   *
   * @throws IOException if the client goes away, or sends nothing for a minute
   */
  @Override
  public boolean awaitPiece() throws IOException {
    if (!begun) {
      begun = true;
      begin();
    }
    lock.lock();
    try {
      long left = PATIENCE;
      while (waiting.isEmpty() && !ended) {
        if (failure != null) {
          throw new IOException("The request's body broke off", failure);
        }
        if (left <= 0) {
          throw new IOException("The client sent nothing for a minute");
        }
        left = changed.awaitNanos(left);
      }
      return !waiting.isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for the request's body", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable ByteBuffer takePiece() {
    lock.lock();
    try {
      ByteBuffer piece = waiting.poll();
      if (piece != null) {
        held -= piece.remaining();
        budget.add(-piece.remaining());
        if (paused && held <= LITTLE) {
          paused = false;
          request.resume();
        }
      }
      return piece;
    } finally {
      lock.unlock();
    }
  }

  @Override
  protected int readSome(byte[] target, int from, int count) throws IOException {
    if (!await()) {
      return -1;
    }
    ByteBuffer piece = Objects.requireNonNull(current);
    int given = Math.min(count, piece.remaining());
    piece.get(target, from, given);
    return given;
  }

  /** Makes sure that the current piece has a byte; false at the end. */
  private boolean await() throws IOException {
    ByteBuffer piece = current;
    while (piece == null || !piece.hasRemaining()) {
      if (!awaitPiece()) {
        return false;
      }
      piece = takePiece();
      current = piece;
    }
    return true;
  }

  /**
   * Gives back what nobody will take. What is still to come is dropped by whoever ends requests.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      budget.add(-held);
      held = 0;
    } finally {
      lock.unlock();
    }
  }
}
