package io.orlop.platform.http.limit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests of one connection, one at a time with HTTP/1.1, and which of them wait for their
 * client: to send more of a body that we are ready to read, or to take what is written.
 */
final class RunningRequests {
  private static final long CANCEL = 8;
  private static final int FIRST_SWEEP = 64;

  private final long stallNanos;
  private final List<Running> running = new ArrayList<>(1);
  private boolean multiplexed;
  private boolean stalled;
  private int nextSweep = FIRST_SWEEP;

  RunningRequests(long stallNanos) {
    this.stallNanos = stallNanos;
  }

  private static final class Running {
    final HttpServerRequest request;
    long moved;
    long since = System.nanoTime();

    Running(HttpServerRequest request) {
      this.request = request;
    }

    boolean hasEnded() {
      return (request.response().ended() && request.isEnded()) || request.response().closed();
    }

    long bytes() {
      return request.bytesRead() + request.response().bytesWritten();
    }
  }

  /** Adds one that has just begun. */
  void add(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_2) {
      running.clear();
    } else {
      multiplexed = true;
      sweepIfMany();
    }
    running.add(new Running(request));
  }

  /** Tells whether this is HTTP/2. */
  boolean multiplexed() {
    return multiplexed;
  }

  /** Tells whether none is running. */
  boolean isIdle() {
    return running.isEmpty() || (!multiplexed && running.getFirst().hasEnded());
  }

  /** Tells whether the connection's only request has not moved for too long. */
  boolean stalled() {
    return stalled;
  }

  /**
   * Looks at all, and resets streams of HTTP/2 that their client holds up.
   *
   * @param connectionMoved whether bytes came or went since the last look
   */
  void look(Channel channel, long now, boolean connectionMoved) {
    running.removeIf(Running::hasEnded);
    nextSweep = Math.max(FIRST_SWEEP, 2 * running.size());
    for (Running one : List.copyOf(running)) {
      long bytes = one.bytes();
      boolean moved = bytes != one.moved || (!multiplexed && connectionMoved);
      if (moved || !(owesBody(channel, one.request) || owesReading(channel, one.request))) {
        one.moved = bytes;
        one.since = now;
      } else if (now - one.since > stallNanos) {
        breakOff(one);
      }
    }
  }

  private void breakOff(Running one) {
    if (multiplexed) {
      one.request.response().reset(CANCEL);
    } else {
      stalled = true;
    }
  }

  private boolean owesBody(Channel channel, HttpServerRequest request) {
    if (request.isEnded()) {
      return false;
    }
    return multiplexed ? hasTakenAll(channel, request) : channel.config().isAutoRead();
  }

  /** Tells whether we wait for a stream's next byte, or the client waits for us to take some. */
  private static boolean hasTakenAll(Channel channel, HttpServerRequest request) {
    Http2ConnectionHandler handler = channel.pipeline().get(Http2ConnectionHandler.class);
    if (handler == null) {
      return false;
    }
    Http2Connection connection = handler.connection();
    Http2Stream stream = connection.stream(request.streamId());
    return stream != null && connection.local().flowController().unconsumedBytes(stream) == 0;
  }

  private boolean owesReading(Channel channel, HttpServerRequest request) {
    if (multiplexed) {
      return request.response().writeQueueFull();
    }
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer != null && !buffer.isEmpty();
  }

  /** A busy connection must not remember all requests since the last look. */
  private void sweepIfMany() {
    if (running.size() >= nextSweep) {
      running.removeIf(Running::hasEnded);
      nextSweep = Math.max(FIRST_SWEEP, 2 * running.size());
    }
  }
}
