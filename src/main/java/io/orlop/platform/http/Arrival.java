package io.orlop.platform.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;

/**
 * How a request reached us: what the connection itself tells, and the headers that came with it.
 *
 * @param peer the address of the connection's other end; empty for a Unix socket
 * @param tls whether the connection to us is encrypted
 * @param host the host, perhaps with a port, that the {@code Host} header or {@code :authority}
 *     names; where that is missing or nonsense, the address that the connection came in at
 * @param headers all headers
 */
public record Arrival(Optional<String> peer, boolean tls, String host, MultiMap headers) {

  /** Reads a request. */
  public static Arrival of(HttpServerRequest request) {
    return new Arrival(
        Optional.ofNullable(request.remoteAddress()).map(SocketAddress::hostAddress),
        request.isSSL(),
        askedHost(request),
        request.headers());
  }

  /** Returns the scheme of the connection to us. */
  public String scheme() {
    return tls ? "https" : "http";
  }

  /** Tells whether the connection comes from this machine or a private network. */
  public boolean isNear() {
    return peer.isEmpty()
        || peer.flatMap(IpAddresses::parse).filter(IpAddresses::isNear).isPresent();
  }

  /** Returns what the proxies say, whether it counts or not. */
  public ForwardedHeaders forwarded() {
    return ForwardedHeaders.of(headers);
  }

  private static String askedHost(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    String asked =
        authority == null
            ? ""
            : HostNames.join(authority.host(), authority.port() > 0 ? authority.port() : -1);
    return HostNames.isAuthority(asked)
        ? asked
        : HostNames.join(
            String.valueOf(request.localAddress().hostAddress()), request.localAddress().port());
  }
}
