package io.orlop.api.proxy;

import io.orlop.platform.http.Arrival;
import io.orlop.platform.http.PublicUrl;
import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A request under examination.
 *
 * @param arrival how it reached us
 * @param seen the address that it alone tells
 * @param configured the address that is configured
 * @param typed the address that the client says it typed
 */
record Examination(
    Arrival arrival, PublicUrl seen, Optional<PublicUrl> configured, Optional<PublicUrl> typed) {

  /** The headers that proxies write, and nothing that is secret. */
  static final List<String> PROXY_HEADERS =
      List.of(
          "Forwarded",
          "Via",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix",
          "X-Forwarded-Proto",
          "X-Forwarded-Protocol",
          "X-Forwarded-Scheme",
          "X-Forwarded-Server",
          "X-Forwarded-Ssl",
          "X-Original-Host",
          "X-Original-Proto",
          "X-Real-IP",
          "X-Scheme",
          "X-Url-Scheme",
          "CloudFront-Forwarded-Proto",
          "Front-End-Https");

  /** Returns the address that clients are told. */
  PublicUrl advertised() {
    return configured.orElse(seen);
  }

  /** Returns the address to configure, as far as anybody can know it. */
  PublicUrl supposed() {
    return typed.orElseGet(() -> new PublicUrl("https", seen.authority(), ""));
  }

  boolean isProxied() {
    return PROXY_HEADERS.stream().anyMatch(headers()::contains);
  }

  /** Returns how many proxies appended to {@code X-Forwarded-For}. */
  int hops() {
    return values("X-Forwarded-For").size();
  }

  MultiMap headers() {
    return arrival.headers();
  }

  /** Returns the values of a list header, the first proxy's first. */
  List<String> values(String header) {
    return headers().getAll(header).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }
}
