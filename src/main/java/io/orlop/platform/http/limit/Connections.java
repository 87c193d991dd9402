package io.orlop.platform.http.limit;

import io.netty.channel.Channel;
import io.orlop.platform.http.ClientAddress;
import io.orlop.platform.http.limit.OpenConnections.Admission;
import io.quarkus.arc.Unremovable;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Admits connections, and tells each one's {@link ConnectionGuard} of the requests on it. */
@Unremovable
@ApplicationScoped
class Connections {
  private static final Logger LOG = Logger.getLogger("io.orlop.limits");
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int PRIORITY = 9_900;

  private final LimitsConfig config;
  private final ClientAddress addresses;
  private final OpenConnections open;
  private final RefusalMeters meters;
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong lastTold = new AtomicLong(System.nanoTime() - QUIET_NANOS);

  Connections(LimitsConfig config, ClientAddress addresses, RefusalMeters meters) {
    this.meters = meters;
    this.config = config;
    this.addresses = addresses;
    this.open = new OpenConnections(config.connections(), config.connectionsPerAddress());
  }

  void install(@Observes Filters filters) {
    filters.register(
        context -> {
          begin(context.request());
          context.next();
        },
        PRIORITY);
  }

  /** Puts a guard before everything else that a new connection meets. */
  void guard(Channel channel) {
    channel.pipeline().addFirst(new ConnectionGuard(this));
  }

  /** Takes a place for a connection; tells the log, now and then, of those that find none. */
  boolean admit(InetSocketAddress peer) {
    InetAddress address = peer.getAddress();
    boolean exempt = address.isLoopbackAddress() || addresses.isTrusted(address);
    Admission admission = open.open(AddressKey.of(address), exempt);
    meters.count(admission);
    return switch (admission) {
      case ADMITTED -> true;
      case FULL -> {
        tell("all %d connections are taken (orlop.limits.connections)", config.connections(), peer);
        yield false;
      }
      case FULL_FOR_ADDRESS -> {
        tell(
            "its address has %d connections already (orlop.limits.connections-per-address; if it is"
                + " a proxy, name it in orlop.http.trusted-proxies)",
            config.connectionsPerAddress(), peer);
        yield false;
      }
    };
  }

  /** Gives a connection's place back. */
  void end(InetSocketAddress peer) {
    open.close(AddressKey.of(peer.getAddress()));
  }

  Duration headTimeout() {
    return config.headTimeout();
  }

  Duration stallTimeout() {
    return config.stallTimeout();
  }

  Duration keepAlive() {
    return config.keepAlive();
  }

  private static void begin(HttpServerRequest request) {
    if (request.connection() instanceof ConnectionBase connection) {
      ConnectionGuard guard = connection.channel().attr(ConnectionGuard.KEY).get();
      if (guard != null) {
        guard.begin(request);
      }
    }
  }

  /** A flood of connections must not become a flood of lines. */
  private void tell(String reason, int limit, InetSocketAddress peer) {
    refused.incrementAndGet();
    long last = lastTold.get();
    long now = System.nanoTime();
    if (now - last >= QUIET_NANOS && lastTold.compareAndSet(last, now)) {
      LOG.warnf(
          "Refused %d connections since the last such line, the newest from %s: %s",
          refused.getAndSet(0), peer.getAddress().getHostAddress(), reason.formatted(limit));
    }
  }
}
