package io.orlop.system.tls;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;

/** The names and addresses that a certificate is for, without doubles. */
record Hosts(List<String> values) {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,62}\\.?){1,120}", Pattern.CASE_INSENSITIVE);

  static Hosts parse(List<String> hosts) {
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("at least one host is needed");
    }
    hosts.stream()
        .filter(host -> address(host).isEmpty() && !isName(host))
        .findFirst()
        .ifPresent(wrong -> {
          throw new IllegalArgumentException(
              "\"%s\" is neither a host name nor an IP address (no scheme and no port)"
                  .formatted(wrong));
        });
    return new Hosts(hosts.stream().distinct().toList());
  }

  String first() {
    return values.getFirst();
  }

  GeneralNames alternativeNames() {
    return new GeneralNames(
        values.stream()
            .map(host ->
                new GeneralName(
                    address(host).isPresent() ? GeneralName.iPAddress : GeneralName.dNSName, host))
            .toArray(GeneralName[]::new));
  }

  /** Permits these and nothing else; where there is no address, none at all. */
  NameConstraints constraints() {
    GeneralSubtree[] permitted = values.stream().map(Hosts::subtree).toArray(GeneralSubtree[]::new);
    return new NameConstraints(permitted, null);
  }

  private static GeneralSubtree subtree(String host) {
    return new GeneralSubtree(
        address(host)
            .map(Hosts::network)
            .orElseGet(() -> new GeneralName(GeneralName.dNSName, host)));
  }

  /** An address and its mask, all ones. */
  private static GeneralName network(InetAddress address) {
    byte[] bytes = address.getAddress();
    byte[] both = Arrays.copyOf(bytes, 2 * bytes.length);
    Arrays.fill(both, bytes.length, both.length, (byte) 0xff);
    return new GeneralName(GeneralName.iPAddress, new DEROctetString(both));
  }

  private static boolean isName(String host) {
    return host.length() <= 253 && NAME.matcher(host).matches() && !host.matches("[0-9.]+");
  }

  private static Optional<InetAddress> address(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
