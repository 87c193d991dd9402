package io.orlop.platform.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the forms that IP addresses have in headers, and tells which are near. Never asks DNS. */
public final class IpAddresses {
  /** Four decimal numbers, or IPv6 with an optional zone; a port after the former or brackets. */
  private static final Pattern FORMS =
      Pattern.compile(
          "(?<v4>[0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?::[0-9]{1,5})?"
              + "|(?<v6>[0-9A-Fa-f]*:[0-9A-Fa-f:.]{1,45})(?:%[^\\]]{1,32})?"
              + "|\\[(?<bracketed>[0-9A-Fa-f]*:[0-9A-Fa-f:.]{1,45})(?:%[^\\]]{1,32})?](?::[0-9]{1,5})?");

  /**
   * Loopback, the private ranges of RFC 1918 and RFC 4193, link-local addresses and the shared
   * address space of RFC 6598, which clouds and overlays give to containers.
   */
  private static final List<Network> NEAR =
      List.of(
          Network.parse("127.0.0.0/8"),
          Network.parse("10.0.0.0/8"),
          Network.parse("172.16.0.0/12"),
          Network.parse("192.168.0.0/16"),
          Network.parse("169.254.0.0/16"),
          Network.parse("100.64.0.0/10"),
          Network.parse("::1"),
          Network.parse("fc00::/7"),
          Network.parse("fe80::/10"));

  private IpAddresses() {}

  /** Parses an address, without its port and zone; empty if it is none. */
  public static Optional<InetAddress> parse(String text) {
    Matcher matcher = FORMS.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Stream.of("v4", "v6", "bracketed")
        .map(matcher::group)
        .filter(Objects::nonNull)
        .findFirst()
        .flatMap(IpAddresses::literal);
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Tells whether an address is of this machine or of a private network. */
  static boolean isNear(InetAddress address) {
    return NEAR.stream().anyMatch(network -> network.contains(address));
  }
}
