package io.orlop.platform.http.limit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Watches one connection, below TLS and HTTP: bytes that come and go, and the clock. Everything
 * happens in the connection's own thread; what is done for each byte and request is next to
 * nothing, and every few seconds a look decides whether the client holds us up.
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter {
  static final AttributeKey<ConnectionGuard> KEY = AttributeKey.valueOf("orlop.guard");

  private static final Logger LOG = Logger.getLogger("io.orlop.limits");
  private static final int LOOKS_PER_TIMEOUT = 8;
  private static final long MIN_INTERVAL = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long MAX_INTERVAL = TimeUnit.SECONDS.toNanos(5);

  private final Connections connections;
  private final RunningRequests requests;
  private final long head;
  private final long keepAlive;
  private final long interval;
  private @Nullable InetSocketAddress peer;
  private @Nullable ScheduledFuture<?> nextLook;
  private boolean received;
  private boolean hadRequest;

  /** When the head that is awaited began; meaningful while {@link #headPending}. */
  private long headSince;

  private boolean headPending;
  private long idleSince;
  private long outputLeft;
  private int outputHash;

  ConnectionGuard(Connections connections) {
    this.connections = connections;
    this.head = connections.headTimeout().toNanos();
    this.keepAlive = connections.keepAlive().toNanos();
    long stall = connections.stallTimeout().toNanos();
    this.requests = new RunningRequests(stall);
    long shortest = Math.min(head, Math.min(keepAlive, stall));
    this.interval = Math.clamp(shortest / LOOKS_PER_TIMEOUT, MIN_INTERVAL, MAX_INTERVAL);
  }

  /** A request's head is complete. */
  void begin(HttpServerRequest request) {
    headPending = false;
    hadRequest = true;
    requests.add(request);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (!(context.channel().remoteAddress() instanceof InetSocketAddress address)) {
      context.fireChannelActive(); // A Unix socket, whose file's rights say who may connect.
      return;
    }
    if (!connections.admit(address)) {
      var _ = context.close();
      return;
    }
    peer = address;
    headPending = true;
    headSince = System.nanoTime();
    idleSince = headSince;
    context.channel().attr(KEY).set(this);
    lookLater(context);
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (peer != null) {
      connections.end(peer);
      peer = null;
    }
    ScheduledFuture<?> next = nextLook;
    if (next != null) {
      // It would hold the connection, and all that hangs on it, until its time comes.
      boolean _ = next.cancel(false);
      nextLook = null;
    }
    context.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    received = true;
    if (!headPending && !requests.multiplexed() && requests.isIdle()) {
      headPending = true;
      headSince = System.nanoTime();
    }
    context.fireChannelRead(message);
  }

  private void lookLater(ChannelHandlerContext context) {
    nextLook = context.executor().schedule(() -> look(context), interval, TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext context) {
    Channel channel = context.channel();
    if (!channel.isActive()) {
      return;
    }
    long now = System.nanoTime();
    boolean sent = outputMoved(channel);
    boolean moved = received || sent;
    received = false;
    requests.look(channel, now, moved);
    if (!requests.isIdle()) {
      idleSince = now;
    }
    String reason = reason(now);
    if (reason != null) {
      LOG.debugf("Closing the connection of %s: %s", peer, reason);
      var _ = channel.close();
    } else {
      lookLater(context);
    }
  }

  private @Nullable String reason(long now) {
    if (requests.stalled()) {
      return "nothing has moved for too long";
    }
    if (!requests.isIdle()) {
      return null;
    }
    if (headPending && now - headSince > head) {
      return hadRequest ? "the next request does not get on" : "no request came";
    }
    return now - idleSince > keepAlive ? "it was idle" : null;
  }

  /** What is written leaves this buffer when the client's side has taken it. */
  private boolean outputMoved(Channel channel) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    if (buffer == null) {
      return false;
    }
    long left = buffer.totalPendingWriteBytes() - buffer.currentProgress();
    int hash = System.identityHashCode(buffer.current());
    boolean moved = left != outputLeft || hash != outputHash;
    outputLeft = left;
    outputHash = hash;
    return moved;
  }
}
