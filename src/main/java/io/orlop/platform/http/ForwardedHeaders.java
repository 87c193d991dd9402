package io.orlop.platform.http;

import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What proxies say about the request that reached the first of them. In a list the first value
 * counts: it is the word of the proxy that the client spoke to. Values that cannot be part of a URL
 * are as good as absent.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host, perhaps with a port
 * @param port the port
 * @param prefix the path in front of ours
 */
record ForwardedHeaders(
    Optional<String> scheme,
    Optional<String> host,
    Optional<String> port,
    Optional<String> prefix) {

  static final ForwardedHeaders NONE =
      new ForwardedHeaders(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final Pattern PREFIX = Pattern.compile("(?:/[A-Za-z0-9._~-]{1,64}){1,8}");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

  static ForwardedHeaders of(MultiMap headers) {
    Optional<String> forwarded = first(headers, "Forwarded");
    return new ForwardedHeaders(
        parameter(forwarded, "proto")
            .or(() -> first(headers, "X-Forwarded-Proto"))
            .map(value -> value.toLowerCase(Locale.ROOT))
            .filter(value -> value.equals("http") || value.equals("https")),
        parameter(forwarded, "host")
            .or(() -> first(headers, "X-Forwarded-Host"))
            .filter(HostNames::isAuthority),
        first(headers, "X-Forwarded-Port").filter(value -> PORT.matcher(value).matches()),
        first(headers, "X-Forwarded-Prefix")
            .map(value -> value.endsWith("/") ? value.substring(0, value.length() - 1) : value)
            .filter(value -> PREFIX.matcher(value).matches()));
  }

  /** Returns host and port, if a host was forwarded. */
  Optional<String> authority(String publicScheme) {
    return host.map(name ->
        HostNames.hasPort(name)
            ? name
            : port.map(number -> HostNames.withoutDefaultPort(name + ":" + number, publicScheme))
                .orElse(name));
  }

  private static Optional<String> first(MultiMap headers, String name) {
    String value = headers.get(name);
    if (value == null) {
      return Optional.empty();
    }
    int comma = value.indexOf(',');
    String head = (comma < 0 ? value : value.substring(0, comma)).strip();
    return head.isEmpty() ? Optional.empty() : Optional.of(head);
  }

  private static Optional<String> parameter(Optional<String> forwarded, String name) {
    return forwarded.flatMap(value -> {
      Matcher matcher =
          Pattern.compile(
                  "(?:^|;)\\s*" + name + "=(?:\"([^\"]*)\"|([^;\\s]*))", Pattern.CASE_INSENSITIVE)
              .matcher(value);
      return matcher.find()
          ? Optional.of(matcher.group(1) != null ? matcher.group(1) : matcher.group(2))
          : Optional.empty();
    });
  }
}
