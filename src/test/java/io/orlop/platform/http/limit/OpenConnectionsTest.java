package io.orlop.platform.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.platform.http.limit.OpenConnections.Admission;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {
  private final InetAddress one = InetAddress.ofLiteral("192.0.2.1");
  private final InetAddress other = InetAddress.ofLiteral("192.0.2.2");

  @Test
  void refusesMoreThanThereMayBe() {
    var open = new OpenConnections(2, 0);
    assertThat(open.open(one, false)).isEqualTo(Admission.ADMITTED);
    assertThat(open.open(other, true)).isEqualTo(Admission.ADMITTED);
    assertThat(open.open(other, true)).isEqualTo(Admission.FULL);
    open.close(one);
    assertThat(open.open(other, true)).isEqualTo(Admission.ADMITTED);
  }

  @Test
  void refusesAnAddressThatHasTooMany() {
    var open = new OpenConnections(0, 1);
    assertThat(open.open(one, false)).isEqualTo(Admission.ADMITTED);
    assertThat(open.open(one, false)).isEqualTo(Admission.FULL_FOR_ADDRESS);
    assertThat(open.open(one, true)).isEqualTo(Admission.ADMITTED);
    assertThat(open.open(other, false)).isEqualTo(Admission.ADMITTED);
  }

  @Test
  void forgetsAnAddressWithItsLastConnection() {
    var open = new OpenConnections(0, 1);
    open.open(one, false);
    open.open(one, false);
    assertThat(open.count()).isOne();
    open.close(one);
    assertThat(open.count()).isZero();
    assertThat(open.addresses()).isZero();
  }

  @Test
  void takesANetworkOfIpv6ForOneClient() {
    assertThat(AddressKey.of(InetAddress.ofLiteral("2001:db8::1")))
        .isEqualTo(AddressKey.of(InetAddress.ofLiteral("2001:db8::ffff:2")))
        .isNotEqualTo(AddressKey.of(InetAddress.ofLiteral("2001:db8:0:1::1")));
    assertThat(AddressKey.of(one)).isEqualTo(one);
  }
}
