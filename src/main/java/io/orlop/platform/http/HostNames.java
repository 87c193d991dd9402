package io.orlop.platform.http;

import java.util.regex.Pattern;

/** The grammar of a host with an optional port. */
final class HostNames {
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

  private HostNames() {}

  /** Tells whether a text may stand between {@code https://} and the path. */
  static boolean isAuthority(String text) {
    return AUTHORITY.matcher(text).matches();
  }

  static boolean hasPort(String authority) {
    return authority.lastIndexOf(':') > authority.lastIndexOf(']');
  }

  static String withoutDefaultPort(String authority, String scheme) {
    String ending = "https".equals(scheme) ? ":443" : ":80";
    return hasPort(authority) && authority.endsWith(ending)
        ? authority.substring(0, authority.length() - ending.length())
        : authority;
  }
}
