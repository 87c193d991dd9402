package io.orlop.platform.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Finds out under which address a client sees this registry: by configuration, by what a proxy next
 * to us says, or by what the client asked.
 *
 * <p>Forwarding headers count when the connection comes from a loopback or private address. Whoever
 * forges them from there deceives only itself: the address goes back to the same client and nowhere
 * else.
 */
@ApplicationScoped
public class PublicUrls {
  private final Optional<PublicUrl> configured;

  PublicUrls(HttpConfig config) {
    this.configured = config.externalUrl();
  }

  /** Returns the address under which this request's client sees us. */
  public PublicUrl of(HttpServerRequest request) {
    return configured.orElseGet(() -> seenBy(Arrival.of(request)));
  }

  /** Returns the address that a request alone tells, whatever is configured. */
  public PublicUrl seenBy(Arrival arrival) {
    ForwardedHeaders forwarded = arrival.isNear() ? arrival.forwarded() : ForwardedHeaders.NONE;
    String scheme = forwarded.scheme().orElseGet(arrival::scheme);
    String authority = forwarded.authority(arrival.host(), scheme);
    return new PublicUrl(
        scheme, HostNames.withoutDefaultPort(authority, scheme), forwarded.prefix().orElse(""));
  }

  /** Returns the configured address, if there is one. */
  public Optional<PublicUrl> configured() {
    return configured;
  }
}
