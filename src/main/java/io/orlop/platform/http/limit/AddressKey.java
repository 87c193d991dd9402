package io.orlop.platform.http.limit;

import io.orlop.platform.http.IpAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Whom limits count as one client: whoever has IPv6 has at least a network of 64 bits. */
public final class AddressKey {
  private static final int NETWORK_BYTES = 8;

  private AddressKey() {}

  /**
   * Returns whom an address belongs to, given as text.
   *
   * @return an address as text, or the text itself if it is none
   */
  public static String of(String address) {
    return IpAddresses.parse(address).map(parsed -> of(parsed).getHostAddress()).orElse(address);
  }

  static InetAddress of(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are always an address", e);
    }
  }
}
