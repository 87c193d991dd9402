package io.orlop.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orlop.platform.http.Arrivals.Settings;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlsTest {
  private final PublicUrls urls = new PublicUrls(Settings.none());

  @ParameterizedTest
  @CsvSource({
    "localhost:8080,      http://localhost:8080",
    "registry,            http://registry",
    "registry:80,         http://registry",
    "registry:443,        http://registry:443",
    "127.0.0.1:5000,      http://127.0.0.1:5000",
    "[::1]:5000,          http://[::1]:5000",
    "[::1]:80,            http://[::1]",
  })
  void takesTheHostThatWasAskedWithoutProxies(String host, String url) {
    assertThat(seen(Arrivals.from("127.0.0.1", host))).isEqualTo(url);
  }

  @Test
  void takesTheSchemeOfOurOwnTls() {
    Arrival arrival = new Arrival(Optional.of("192.0.2.1"), true, "r:443", Arrivals.headers());

    assertThat(seen(arrival)).isEqualTo("https://r");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // One proxy.
        "r.example.com      | X-Forwarded-Proto: https                              | https://r.example.com",
        "r.example.com:8443 | X-Forwarded-Proto: https                              | https://r.example.com:8443",
        "r.example.com:443  | X-Forwarded-Proto: https                              | https://r.example.com",
        "inner:8080         | X-Forwarded-Proto: https; X-Forwarded-Host: r.example.com | https://r.example.com",
        "inner:8080         | X-Forwarded-Proto: https; X-Forwarded-Host: [2001:db8::1]:8443 | https://[2001:db8::1]:8443",
        "inner:8080         | X-Forwarded-Host: r.example.com:80                    | http://r.example.com",
        // The port on its own.
        "r.example.com      | X-Forwarded-Proto: https; X-Forwarded-Port: 8443      | https://r.example.com:8443",
        "[2001:db8::1]      | X-Forwarded-Proto: https; X-Forwarded-Port: 8443      | https://[2001:db8::1]:8443",
        "r.example.com      | X-Forwarded-Proto: https; X-Forwarded-Port: 443       | https://r.example.com",
        "r.example.com      | X-Forwarded-Proto: https; X-Forwarded-Port: 80        | https://r.example.com",
        "r.example.com      | X-Forwarded-Proto: http; X-Forwarded-Port: 443        | http://r.example.com",
        "r.example.com:8443 | X-Forwarded-Proto: https; X-Forwarded-Port: 9000      | https://r.example.com:8443",
        "inner:8080         | X-Forwarded-Proto: https; X-Forwarded-Host: r.example.com; X-Forwarded-Port: 8443 | https://r.example.com:8443",
        // Two proxies: the inner one passes on, appends or overwrites.
        "r.example.com      | X-Forwarded-Proto: https; X-Forwarded-For: 192.0.2.1, 10.0.0.9 | https://r.example.com",
        "r.example.com      | X-Forwarded-Proto: https, http; X-Forwarded-For: 192.0.2.1, 10.0.0.9 | https://r.example.com",
        "r.example.com      | X-Forwarded-Proto: https; X-Forwarded-Proto: http     | https://r.example.com",
        "inner              | X-Forwarded-Proto: https, http; X-Forwarded-Host: r.example.com:8443, outer | https://r.example.com:8443",
        "r.example.com      | X-Forwarded-Proto: http; X-Forwarded-For: 192.0.2.1, 10.0.0.9 | http://r.example.com",
        // A prefix.
        "r.example.com      | X-Forwarded-Proto: https; X-Forwarded-Prefix: /harbor/ | https://r.example.com/harbor",
        // Nonsense is as good as absent.
        "r.example.com      | X-Forwarded-Proto: gopher; X-Forwarded-Host: a b; X-Forwarded-Port: x; X-Forwarded-Prefix: .. | http://r.example.com",
      })
  void believesAProxyNextToUs(String host, String headers, String url) {
    assertThat(seen(Arrivals.from(Arrivals.PROXY, host, headers.split("; ")))).isEqualTo(url);
  }

  @Test
  void believesForwardedBeforeTheOlderHeaders() {
    assertThat(
            seen(
                Arrivals.from(
                    Arrivals.PROXY,
                    "inner:8080",
                    "Forwarded: proto=https;host=\"r.example.com:8443\", proto=http;host=inner",
                    "X-Forwarded-Proto: http",
                    "X-Forwarded-Host: other")))
        .isEqualTo("https://r.example.com:8443");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.9.1",
        "10.255.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.10.1",
        "100.64.0.1",
        "100.127.255.255",
        "::1",
        "0:0:0:0:0:0:0:1",
        "::ffff:10.0.0.1",
        "fd12:3456::1",
        "fc00::1",
        "fe80::1",
        "fe80:0:0:0:1:2:3:4%eth0",
      })
  void believesPeersOnPrivateAddresses(String peer) {
    assertThat(seen(Arrivals.from(peer, "inner", "X-Forwarded-Host: r.example.com")))
        .isEqualTo("http://r.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1",
        "11.0.0.1",
        "172.32.0.1",
        "172.15.255.255",
        "192.169.0.1",
        "100.128.0.1",
        "8.8.8.8",
        "::ffff:8.8.8.8",
        "2001:db8::1",
        "fe00::1",
        "::",
        "0.0.0.0",
        "nonsense",
      })
  void ignoresForwardingHeadersFromPublicAddresses(String peer) {
    assertThat(
            seen(
                Arrivals.from(
                    peer,
                    "r.example.com",
                    "Forwarded: host=evil.example;proto=https",
                    "X-Forwarded-Host: evil.example",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Port: 1",
                    "X-Forwarded-Prefix: /evil")))
        .isEqualTo("http://r.example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "https://registry.example.com,        https://registry.example.com",
    "HTTPS://registry.example.com/,       https://registry.example.com",
    "https://registry.example.com:443,    https://registry.example.com",
    "https://registry.example.com:8443/,  https://registry.example.com:8443",
    "http://10.0.0.1:8080,                http://10.0.0.1:8080",
    "https://[2001:db8::1]:8443,          https://[2001:db8::1]:8443",
    "https://example.com/registry/,       https://example.com/registry",
  })
  void readsTheConfiguredAddress(String setting, String url) {
    PublicUrls configured = new PublicUrls(Settings.externalUrl(setting));

    assertThat(configured.configured().map(PublicUrl::toString)).contains(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry.example.com",
        "ftp://registry.example.com",
        "https://",
        "https://user:secret@registry.example.com",
        "https://registry.example.com?a=b",
        "https://registry.example.com#a",
        "https://registry.example.com:0",
        "https://registry example.com",
        "https://registry.example.com/a b",
        "",
      })
  void refusesAnAddressThatIsNone(String url) {
    assertThatThrownBy(() -> PublicUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://registry.example.com");
  }

  @Test
  void resolvesPathsBelowThePrefix() {
    assertThat(new PublicUrl("https", "example.com", "/registry").resolve("/service/token"))
        .isEqualTo("https://example.com/registry/service/token");
  }

  @ParameterizedTest
  @CsvSource({
    "https://r.example.com,        r.example.com, 443",
    "http://r.example.com,         r.example.com, 80",
    "http://r.example.com:8080,    r.example.com, 8080",
    "https://[2001:db8::1],        [2001:db8::1], 443",
    "https://[2001:db8::1]:8443,   [2001:db8::1], 8443",
  })
  void splitsHostAndPort(String url, String host, int port) {
    PublicUrl parsed = PublicUrl.parse(url);

    assertThat(parsed.host()).isEqualTo(host);
    assertThat(parsed.port()).isEqualTo(port);
  }

  private String seen(Arrival arrival) {
    return urls.seenBy(arrival).toString();
  }
}
