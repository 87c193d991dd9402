package io.orlop.platform.http;

import java.util.regex.Pattern;

/** The grammar of a host with an optional port. */
final class HostNames {
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
  private static final int MAX_PORT = 65_535;

  private HostNames() {}

  /** Tells whether a text may stand between {@code https://} and the path. */
  static boolean isAuthority(String text) {
    return AUTHORITY.matcher(text).matches()
        && (!hasPort(text) || isPort(text.substring(text.lastIndexOf(':') + 1)));
  }

  static boolean isPort(String text) {
    if (!PORT.matcher(text).matches()) {
      return false;
    }
    int number = Integer.parseInt(text);
    return number > 0 && number <= MAX_PORT;
  }

  static boolean hasPort(String authority) {
    return authority.lastIndexOf(':') > authority.lastIndexOf(']');
  }

  static String withoutDefaultPort(String authority, String scheme) {
    String ending = ":" + defaultPort(scheme);
    return hasPort(authority) && authority.endsWith(ending)
        ? authority.substring(0, authority.length() - ending.length())
        : authority;
  }

  static int defaultPort(String scheme) {
    return "https".equals(scheme) ? 443 : 80;
  }

  /**
   * Puts a host and a port together.
   *
   * @param host a name or an address; IPv6 with or without brackets
   * @param port below 1 for none
   */
  static String join(String host, int port) {
    String safe = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return port < 1 ? safe : safe + ":" + port;
  }
}
