package io.orlop.platform.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out under which address a client sees this registry: by configuration, by what a proxy next
 * to us says, or by what the client asked.
 *
 * <p>Forwarding headers count when the connection comes from a loopback or private address. Whoever
 * forges them from there deceives only itself: the address goes back to the same client and nowhere
 * else.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239">RFC 7239, Forwarded</a>
 */
@ApplicationScoped
public class PublicUrls {
  private final Optional<PublicUrl> configured;

  PublicUrls(HttpConfig config) {
    this.configured = config.externalUrl().map(ConfiguredUrl::parse);
  }

  /** Returns the address under which this request's client sees us. */
  public PublicUrl of(HttpServerRequest request) {
    return configured.orElseGet(() -> seenBy(request));
  }

  /** Returns the address that this request alone tells, whatever is configured. */
  public PublicUrl seenBy(HttpServerRequest request) {
    ForwardedHeaders forwarded =
        isNear(request) ? ForwardedHeaders.of(request.headers()) : ForwardedHeaders.NONE;
    String scheme = forwarded.scheme().orElse(request.isSSL() ? "https" : "http");
    String authority = forwarded.authority(scheme).orElseGet(() -> askedHost(request));
    return new PublicUrl(
        scheme, HostNames.withoutDefaultPort(authority, scheme), forwarded.prefix().orElse(""));
  }

  /** Returns the configured address, if there is one. */
  public Optional<PublicUrl> configured() {
    return configured;
  }

  private static String askedHost(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    String asked =
        authority == null ? null : authority.port() > 0 ? authority.toString() : authority.host();
    return asked != null && HostNames.isAuthority(asked)
        ? asked
        : request.localAddress().hostAddress() + ":" + request.localAddress().port();
  }

  /** Tells whether the connection comes from this machine or a private network. */
  public static boolean isNear(HttpServerRequest request) {
    return isNear(request.remoteAddress().hostAddress());
  }

  static boolean isNear(@Nullable String address) {
    if (address == null) {
      return true; // A Unix socket.
    }
    try {
      InetAddress peer = InetAddress.ofLiteral(address);
      return peer.isLoopbackAddress()
          || peer.isSiteLocalAddress()
          || peer.isLinkLocalAddress()
          || isUniqueLocal(peer);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** fc00::/7, the private addresses of IPv6, which the JDK does not count as site-local. */
  private static boolean isUniqueLocal(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
  }
}
