package io.orlop.platform.http;

/**
 * The address under which a client sees this registry.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host and, unless it is the scheme's default, port
 * @param prefix the path in front of ours, without a slash at its end; mostly empty
 */
public record PublicUrl(String scheme, String authority, String prefix) {

  /** Returns the absolute address of one of our paths. */
  public String resolve(String path) {
    return scheme + "://" + authority + prefix + path;
  }
}
