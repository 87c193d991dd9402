package io.orlop.platform.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Finds out a client's own address, for the log and for limits.
 *
 * <p>Each proxy appends to {@code X-Forwarded-For} the address that it was called from, so the list
 * is believed from its right end as long as the one who wrote an entry is a proxy that the
 * configuration names. The left end is what the client itself may have sent. {@code Forwarded} is
 * not read: a proxy that knows only the older header passes on a forged newer one.
 */
@ApplicationScoped
public class ClientAddress {
  private final List<Network> trusted;

  ClientAddress(HttpConfig config) {
    this.trusted = config.trustedProxies().orElse(List.of());
  }

  /** Returns the address in its usual form; {@code unknown} for a connection without one. */
  public String of(HttpServerRequest request) {
    return of(Arrival.of(request));
  }

  /** Returns the address of whoever made this request. */
  public String of(Arrival arrival) {
    return find(arrival).map(InetAddress::getHostAddress).or(arrival::peer).orElse("unknown");
  }

  /** Returns the address of whoever made this request; empty for a connection without one. */
  public Optional<InetAddress> addressOf(HttpServerRequest request) {
    return find(Arrival.of(request));
  }

  /** Tells whether an address is a proxy's whose word counts. */
  public boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(network -> network.contains(address));
  }

  private Optional<InetAddress> find(Arrival arrival) {
    return arrival.peer().flatMap(IpAddresses::parse).map(peer -> walk(peer, arrival.headers()));
  }

  private InetAddress walk(InetAddress peer, MultiMap headers) {
    InetAddress nearest = peer;
    for (String entry : ForwardedHeaders.values(headers, "X-Forwarded-For").reversed()) {
      Optional<InetAddress> before = IpAddresses.parse(entry);
      if (!isTrusted(nearest) || before.isEmpty()) {
        break;
      }
      nearest = before.get();
    }
    return nearest;
  }
}
