package io.orlop.platform.http;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Requests as they may reach us. */
final class Arrivals {
  static final String PROXY = "10.0.0.2";

  private Arrivals() {}

  /**
   * A request over plain HTTP.
   *
   * @param headers lines like {@code X-Forwarded-Proto: https}
   */
  static Arrival from(String peer, String host, String... headers) {
    return new Arrival(Optional.of(peer), false, host, headers(headers));
  }

  static MultiMap headers(String... lines) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (String line : lines) {
      int colon = line.indexOf(':');
      headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return headers;
  }

  /** Settings of a test. */
  record Settings(Optional<PublicUrl> externalUrl, Optional<List<Network>> trustedProxies)
      implements HttpConfig {
    static Settings none() {
      return new Settings(Optional.empty(), Optional.empty());
    }

    static Settings externalUrl(String url) {
      return new Settings(Optional.of(PublicUrl.parse(url)), Optional.empty());
    }

    static Settings trusting(String... networks) {
      return new Settings(
          Optional.empty(), Optional.of(Stream.of(networks).map(Network::parse).toList()));
    }
  }
}
