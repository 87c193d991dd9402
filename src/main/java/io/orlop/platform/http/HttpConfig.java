package io.orlop.platform.http;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** How clients reach this registry. */
@ConfigMapping(prefix = "orlop.http")
public interface HttpConfig {

  /**
   * The URL that clients use, such as {@code https://registry.example.com}. Advertised as the
   * address of the token service. Without it the address is taken from each request: from {@code
   * Forwarded} or {@code X-Forwarded-*} headers that a proxy on a loopback or private address sent,
   * else from the {@code Host} header.
   */
  Optional<String> externalUrl();

  /**
   * The addresses of proxies (CIDR, comma-separated) whose word about the client's own address
   * counts, for the log and for limits by address. Without it the address of the connection counts.
   */
  Optional<List<String>> trustedProxies();
}
