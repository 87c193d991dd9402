package io.orlop.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.platform.http.Arrivals.Settings;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  private final ClientAddress trusting =
      new ClientAddress(Settings.trusting("10.0.0.0/24", " 2001:db8:1::/48 ", "192.0.2.7"));

  @Test
  void takesTheConnectionsAddressWhenNobodyIsTrusted() {
    ClientAddress nobody = new ClientAddress(Settings.none());

    assertThat(nobody.of(Arrivals.from("10.0.0.2", "r", "X-Forwarded-For: 203.0.113.9")))
        .isEqualTo("10.0.0.2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The list is walked from the right past trusted proxies.
        "10.0.0.2    | 203.0.113.9                        | 203.0.113.9",
        "10.0.0.2    | 203.0.113.9, 10.0.0.3              | 203.0.113.9",
        "10.0.0.2    | 203.0.113.9, 192.0.2.7, 10.0.0.3   | 203.0.113.9",
        // What the client wrote itself does not count.
        "10.0.0.2    | 1.2.3.4, 203.0.113.9               | 203.0.113.9",
        "10.0.0.2    | 10.0.0.5, 203.0.113.9, 10.0.0.3    | 203.0.113.9",
        // Whoever is not trusted is the client, whatever it says.
        "203.0.113.1 | 203.0.113.9                        | 203.0.113.1",
        "10.0.1.2    | 203.0.113.9                        | 10.0.1.2",
        // Trusted to the end.
        "10.0.0.2    | 10.0.0.4, 10.0.0.3                 | 10.0.0.4",
        // Forms that proxies write.
        "10.0.0.2    | 203.0.113.9:55555                  | 203.0.113.9",
        "10.0.0.2    | [2001:db8:2::1]:443                | 2001:db8:2:0:0:0:0:1",
        "10.0.0.2    | 2001:db8:2::1                      | 2001:db8:2:0:0:0:0:1",
        "2001:db8:1::5 | 203.0.113.9                      | 203.0.113.9",
        "::ffff:10.0.0.2 | ::ffff:203.0.113.9             | 203.0.113.9",
        // Nonsense ends the walk at the last address that we know.
        "10.0.0.2    | unknown                            | 10.0.0.2",
        "10.0.0.2    | 203.0.113.9, _hidden, 10.0.0.3     | 10.0.0.3",
        "10.0.0.2    | 203.0.113.9, 1234                  | 10.0.0.2",
        "10.0.0.2    | 999.1.1.1                          | 10.0.0.2",
        "10.0.0.2    | evil.example                       | 10.0.0.2",
        "10.0.0.2    | ' , ,'                             | 10.0.0.2",
      })
  void walksTheListFromTheRight(String peer, String list, String client) {
    assertThat(trusting.of(Arrivals.from(peer, "r", "X-Forwarded-For: " + list))).isEqualTo(client);
  }

  @Test
  void joinsSeveralLinesInTheirOrder() {
    assertThat(
            trusting.of(
                Arrivals.from(
                    "10.0.0.2",
                    "r",
                    "X-Forwarded-For: 1.2.3.4",
                    "X-Forwarded-For: 203.0.113.9, 10.0.0.3")))
        .isEqualTo("203.0.113.9");
  }

  @Test
  void doesNotBelieveForwardedWhichAProxyMayPassOnUnseen() {
    assertThat(trusting.of(Arrivals.from("10.0.0.2", "r", "Forwarded: for=203.0.113.9")))
        .isEqualTo("10.0.0.2");
  }

  @Test
  void knowsNoAddressOfAUnixSocket() {
    Arrival local = new Arrival(Optional.empty(), false, "r", Arrivals.headers());

    assertThat(trusting.of(local)).isEqualTo("unknown");
  }
}
