package io.orlop.platform.http;

import io.netty.channel.Channel;
import io.netty.util.ReferenceCounted;
import io.orlop.platform.stream.BulkInputStream;
import io.orlop.platform.stream.ByteBudget;
import io.orlop.platform.stream.PieceSource;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as it arrives. The connection's thread reads ahead of the reader, up to a bound:
 * the framework's own stream would have the two wait for each other at every piece, which costs
 * more than what is done with the bytes.
 */
public final class RequestBody extends BulkInputStream implements PieceSource {
  private static final Logger LOG = Logger.getLogger(RequestBody.class);

  /**
   * How long bytes wait for more at most. A client that compresses what it sends brings some 20 KiB
   * a millisecond: waking whoever takes them for each such piece costs more than what is done with
   * it.
   */
  private static final long GATHERING_MILLIS = 5;

  private final RoutingContext context;
  private final Duration patience;
  private final LongSupplier clock;
  private final HttpServerRequest request;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PieceQueue waiting;
  private final Optional<Channel> channel;
  private final Optional<BodyTap> tap;
  private final OptionalLong announced;
  private long arrived;
  private boolean due;
  private boolean gathering;
  private boolean tapped;
  private boolean begun;
  private boolean paused;
  private boolean everPaused;
  private boolean ended;
  private boolean closed;
  private boolean silent;
  private long askedAt;
  private @Nullable Taker taker;
  private @Nullable Throwable failure;
  private @Nullable ByteBuffer current;

  /**
   * Takes up a body, of which nothing is read before somebody waits for it.
   *
   * @param announced how many bytes it has, as far as its client has said
   * @param budget what the bytes count for that nobody has taken yet
   * @param patience how long to wait for the next byte. Whoever watches the connection sees bytes
   *     that never become a body, and some connections nobody watches.
   */
  public RequestBody(
      RoutingContext context, OptionalLong announced, ByteBudget budget, Duration patience) {
    this(
        context,
        announced,
        budget,
        patience,
        channelOf(context.request().connection()),
        System::nanoTime);
  }

  /** Takes up a body that comes by a channel, if it is known. */
  RequestBody(
      RoutingContext context,
      OptionalLong announced,
      ByteBudget budget,
      Duration patience,
      Optional<Channel> channel,
      LongSupplier clock) {
    this.patience = patience;
    this.clock = clock;
    this.context = context;
    this.announced = announced;
    this.request = context.request();
    this.waiting = new PieceQueue(budget);
    this.channel = channel;
    // A connection of HTTP/1.1 has one body at a time.
    this.tap =
        channel
            .filter(_ -> request.version() == HttpVersion.HTTP_1_1)
            .map(found -> new BodyTap(this, found));
  }

  private static Optional<Channel> channelOf(HttpConnection connection) {
    return connection instanceof ConnectionBase known
        ? Optional.of(known.channel())
        : Optional.empty();
  }

  private void beginOnce() {
    if (!begun) {
      begun = true;
      begin();
    }
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
        askForIt();
        request.resume();
        tap.ifPresent(BodyTap::openLater);
        // After what has arrived already.
        channel.ifPresent(found -> found.eventLoop().execute(() -> failIfGone(found)));
      }
    }
  }

  /** A client may wait for this before it sends the first byte. */
  private void askForIt() {
    if (request.version() != HttpVersion.HTTP_1_0
        && HttpHeaders.CONTINUE
            .toString()
            .equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
  }

  /** Whoever went away before anybody listened is not told of again. */
  private void failIfGone(Channel channel) {
    if (!channel.isActive() || request.response().closed()) {
      fail(new ClosedChannelException());
    }
  }

  /**
   * Tells, in the connection's thread, whether all that has arrived so far is here; then it is
   * tapped.
   */
  boolean isUpToDate() {
    lock.lock();
    try {
      tapped = !everPaused && !ended && !closed && failure == null;
      return tapped;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("deprecation") // The only way to a buffer's bytes without a copy.
  private void put(Buffer buffer) {
    put(buffer.getByteBuf().nioBuffer(), null);
  }

  /** Adds what has arrived, and takes over its owner. */
  void put(ByteBuffer bytes, @Nullable ReferenceCounted owner) {
    int size = bytes.remaining();
    lock.lock();
    try {
      if (closed || size == 0) {
        PieceQueue.release(owner);
        return;
      }
      if (owner != null) {
        RequestNotes.received(context, size);
      }
      waiting.add(bytes, owner);
      arrived += size;
      silent = false;
      if (!paused && waiting.isMuch()) {
        pause();
      }
      if (channel.isEmpty() || mayNotWait()) {
        handOver();
      } else {
        gather(channel.get());
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean mayNotWait() {
    boolean all = announced.isPresent() && arrived == announced.getAsLong();
    return all || due || paused || !waiting.isLittle();
  }

  private void handOver() {
    due = true;
    signal();
  }

  /** Wakes the reader, or whoever it left the pieces to. */
  private void signal() {
    changed.signal();
    if (taker != null) {
      taker.turn(!waiting.isEmpty());
      taker = null; // Afterwards: one that could not be told is told again.
    }
  }

  private void gather(Channel channel) {
    if (!gathering) {
      gathering = true;
      var _ =
          channel.eventLoop().schedule(this::endGathering, GATHERING_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void endGathering() {
    lock.lock();
    try {
      gathering = false;
      if (!waiting.isEmpty()) {
        handOver();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The connection's own thread cannot wait for itself to hand over. */
  private boolean isHandedOver() {
    return !waiting.isEmpty()
        && (due || channel.filter(found -> found.eventLoop().inEventLoop()).isPresent());
  }

  private void pause() {
    paused = true;
    everPaused = true;
    if (tapped) {
      tap.ifPresent(BodyTap::pause);
    } else {
      unlessReset(request::pause);
    }
  }

  private void resume() {
    paused = false;
    if (tapped) {
      tap.ifPresent(BodyTap::resume);
    } else {
      unlessReset(request::resume);
    }
  }

  /**
   * Holds a stream up or lets it go on. Vert.x refuses both for one of HTTP/2 that its client has
   * reset, of which the reader is told as soon as it has taken what came before.
   */
  private void unlessReset(Runnable step) {
    try {
      step.run();
    } catch (IllegalStateException e) {
      LOG.tracef(e, "A request was reset meanwhile");
    }
  }

  /**
   * Learns that nothing more comes by the tap. The connection is left as Vert.x knows it: what it
   * brings from now on belongs to other requests, and is not ours to hold up or to let through.
   */
  void untap() {
    lock.lock();
    try {
      if (tapped && paused) {
        resume();
      }
      tapped = false;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      signal();
    } finally {
      lock.unlock();
    }
  }

  /** Learns that the body breaks off behind what has arrived. */
  private void fail(Throwable reason) {
    lock.lock();
    try {
      failure = reason;
      signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is a piece, and for some more to come with it.
   *
   * @throws IOException if the client goes away, or sends nothing for too long
   */
  @Override
  public boolean awaitPiece() throws IOException {
    beginOnce();
    lock.lock();
    try {
      long left = silent ? 0 : patience.toNanos();
      while (!isHandedOver() && !isOver() && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (waiting.isEmpty() && !ended) {
        throw brokenOff();
      }
      return !waiting.isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for the request's body", e);
    } finally {
      lock.unlock();
    }
  }

  private boolean isOver() {
    return ended || closed || failure != null;
  }

  @Override
  public void tell(Taker next) {
    beginOnce();
    lock.lock();
    try {
      taker = next;
      askedAt = clock.getAsLong();
      if (isHandedOver() || isOver()) {
        signal();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void giveUpSilence() {
    lock.lock();
    try {
      if (taker != null && clock.getAsLong() - askedAt >= patience.toNanos()) {
        silent = true;
        signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private IOException brokenOff() {
    if (closed) {
      return new IOException("The request's body is closed");
    }
    return failure == null
        ? new IOException("The client sent nothing for " + patience)
        : new IOException("The request's body broke off", failure);
  }

  @Override
  public @Nullable ByteBuffer takePiece() {
    lock.lock();
    try {
      ByteBuffer piece = waiting.take();
      due = due && !waiting.isEmpty();
      if (paused && waiting.isLittle()) {
        resume();
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
      if (closed) {
        return;
      }
      closed = true;
      current = null;
      waiting.clear();
      if (tapped) {
        // Otherwise it is closed already, or will not be opened any more.
        tap.ifPresent(BodyTap::close);
      }
      signal();
    } finally {
      lock.unlock();
    }
  }
}
