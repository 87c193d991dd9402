package io.orlop.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,      10.255.1.2,       true",
    "10.0.0.0/8,      11.0.0.0,         false",
    "10.9.9.9/8,      10.0.0.1,         true",
    "192.0.2.128/25,  192.0.2.128,      true",
    "192.0.2.128/25,  192.0.2.127,      false",
    "192.0.2.1,       192.0.2.1,        true",
    "192.0.2.1,       192.0.2.2,        false",
    "0.0.0.0/0,       203.0.113.1,      true",
    "0.0.0.0/0,       2001:db8::1,      false",
    "::/0,            2001:db8::1,      true",
    "2001:db8::/33,   2001:db8:7fff::1, true",
    "2001:db8::/33,   2001:db8:8000::1, false",
    "::1,             ::1,              true",
    "10.0.0.0/8,      ::ffff:10.0.0.1,  true",
  })
  void containsWhatSharesItsPrefix(String network, String address, boolean contained) {
    assertThat(Network.parse(network).contains(InetAddress.ofLiteral(address)))
        .isEqualTo(contained);
  }

  @Test
  void showsItselfInItsNotation() {
    assertThat(Network.parse("10.0.0.0/8")).hasToString("10.0.0.0/8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "::/129",
        "10.1",
        "",
        "[::1]",
        "10.0.0.1:80"
      })
  void refusesWhatIsNoNetwork(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
