package io.orlop.platform.http;

import java.net.InetAddress;

/**
 * A range of IP addresses, written {@code 10.0.0.0/8} or {@code fd00::/8}; a single address is a
 * range of one.
 *
 * @param base an address of the range
 * @param prefixLength how many leading bits all addresses of the range share, 0 to 32 or 128
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632">RFC 4632, CIDR</a>
 */
public record Network(InetAddress base, int prefixLength) {

  /**
   * Parses the notation.
   *
   * @throws IllegalArgumentException if it is something else, such as a host name
   */
  public static Network parse(String notation) {
    String text = notation.strip();
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    InetAddress base =
        IpAddresses.parse(address)
            .filter(_ -> !address.startsWith("[") && !hasPort(address))
            .orElseThrow(() -> malformed(text));
    int bits = base.getAddress().length * 8;
    int length = slash < 0 ? bits : parseLength(text, slash);
    if (length > bits) {
      throw malformed(text);
    }
    return new Network(base, length);
  }

  /** Tells whether an address is in the range. */
  public boolean contains(InetAddress address) {
    byte[] ours = base.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixLength; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return base.getHostAddress() + "/" + prefixLength;
  }

  private static boolean hasPort(String address) {
    int colon = address.indexOf(':');
    return colon >= 0 && colon == address.lastIndexOf(':');
  }

  private static int parseLength(String text, int slash) {
    String length = text.substring(slash + 1);
    if (!length.matches("[0-9]{1,3}")) {
      throw malformed(text);
    }
    return Integer.parseInt(length);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "expected an IP address or a range of them like 10.0.0.0/8, not \"" + text + "\"");
  }
}
