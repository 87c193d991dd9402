package io.orlop.platform.http;

/**
 * The address under which a client sees this registry.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host and, unless it is the scheme's default, port
 * @param prefix the path in front of ours, without a slash at its end; mostly empty
 */
public record PublicUrl(String scheme, String authority, String prefix) {

  /**
   * Parses an address as people type it.
   *
   * @throws IllegalArgumentException if it is no {@code http} or {@code https} URL of a host, with
   *     an optional port and path and nothing else
   */
  public static PublicUrl parse(String url) {
    return PublicUrlParser.parse(url);
  }

  /** Returns the absolute address of one of our paths. */
  public String resolve(String path) {
    return scheme + "://" + authority + prefix + path;
  }

  /** Returns the host without its port, IPv6 in brackets. */
  public String host() {
    return HostNames.hasPort(authority)
        ? authority.substring(0, authority.lastIndexOf(':'))
        : authority;
  }

  /** Returns the port, the scheme's default if the address names none. */
  public int port() {
    return HostNames.hasPort(authority)
        ? Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1))
        : HostNames.defaultPort(scheme);
  }

  @Override
  public String toString() {
    return resolve("");
  }
}
