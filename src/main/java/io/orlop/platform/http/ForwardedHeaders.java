package io.orlop.platform.http;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What proxies say about the request that reached the first of them. {@code Forwarded} goes before
 * {@code X-Forwarded-*}. In a list the first value counts: it is the word of the proxy that the
 * client spoke to. Values that cannot be part of a URL are as good as absent.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host, perhaps with a port
 * @param port the port, 1 to 65535
 * @param prefix the path in front of ours, without a slash at its end
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239">RFC 7239, Forwarded</a>
 */
public record ForwardedHeaders(
    Optional<String> scheme,
    Optional<String> host,
    Optional<Integer> port,
    Optional<String> prefix) {

  static final ForwardedHeaders NONE =
      new ForwardedHeaders(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final Pattern PREFIX =
      Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]{1,64}){1,8}");

  static ForwardedHeaders of(MultiMap headers) {
    ForwardedElements forwarded = ForwardedElements.parse(headers.getAll("Forwarded"));
    return new ForwardedHeaders(
        forwarded
            .first("proto")
            .flatMap(ForwardedHeaders::asScheme)
            .or(() -> first(headers, "X-Forwarded-Proto").flatMap(ForwardedHeaders::asScheme)),
        forwarded
            .first("host")
            .filter(HostNames::isAuthority)
            .or(() -> first(headers, "X-Forwarded-Host").filter(HostNames::isAuthority)),
        first(headers, "X-Forwarded-Port").filter(HostNames::isPort).map(Integer::valueOf),
        first(headers, "X-Forwarded-Prefix")
            .map(value -> value.endsWith("/") ? value.substring(0, value.length() - 1) : value)
            .filter(value -> PREFIX.matcher(value).matches()));
  }

  /**
   * Returns host and port.
   *
   * @param asked the host that the request itself names
   * @param publicScheme {@code http} or {@code https}; a port that is the other one's default is
   *     that of an inner proxy and does not count
   */
  String authority(String asked, String publicScheme) {
    String authority = host.orElse(asked);
    String otherScheme = "https".equals(publicScheme) ? "http" : "https";
    return HostNames.hasPort(authority)
        ? authority
        : port.filter(number -> number != HostNames.defaultPort(otherScheme))
            .map(number -> HostNames.join(authority, number))
            .orElse(authority);
  }

  /** Returns the values of a list header, over all its lines, the first proxy's first. */
  static List<String> values(MultiMap headers, String name) {
    return headers.getAll(name).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  private static Optional<String> first(MultiMap headers, String name) {
    return values(headers, name).stream().findFirst();
  }

  private static Optional<String> asScheme(String text) {
    return Optional.of(text.toLowerCase(Locale.ROOT))
        .filter(value -> value.equals("http") || value.equals("https"));
  }
}
