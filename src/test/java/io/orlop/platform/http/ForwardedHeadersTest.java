package io.orlop.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedHeadersTest {

  @Test
  void saysNothingWhenNoProxySaidAnything() {
    assertThat(ForwardedHeaders.of(Arrivals.headers())).isEqualTo(ForwardedHeaders.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https            | https",
        "HTTPS            | https",
        "https, http      | https",
        "https,https      | https",
        "http, https      | http",
        "' , https'       | https",
        "wss              |",
        "https://evil     |",
        "'https http'     |",
        "''               |",
        "',,,'            |",
      })
  void takesTheFirstSchemeOfAList(String value, String scheme) {
    ForwardedHeaders read = ForwardedHeaders.of(Arrivals.headers("X-Forwarded-Proto: " + value));

    assertThat(read.scheme().orElse(null)).isEqualTo(scheme);
  }

  @Test
  void readsSeveralLinesOfOneHeaderAsOneList() {
    ForwardedHeaders read =
        ForwardedHeaders.of(
            Arrivals.headers("X-Forwarded-Proto: https", "X-Forwarded-Proto: http"));

    assertThat(read.scheme()).contains("https");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "proto=https;host=r.example.com                          | https | r.example.com",
        "for=192.0.2.60; proto=https; by=203.0.113.43            | https |",
        "Proto=HTTPS;Host=\"r.example.com:8443\"                 | https | r.example.com:8443",
        "for=\"[2001:db8::1]:4711\";host=\"[2001:db8::2]:5000\"  |       | [2001:db8::2]:5000",
        "proto=https;host=a, proto=http;host=b                   | https | a",
        "for=192.0.2.1, for=10.0.0.1;proto=https;host=c          | https | c",
        "for=\"a, proto=http\";proto=https                       | https |",
        "for=\"a\\\", proto=http\";proto=https                   | https |",
        "host=\"r\\.example.com\"                                |       | r.example.com",
        "host=r.example.com:5000                                 |       | r.example.com:5000",
        "proto=https;proto=http                                  | https |",
        ";;proto=https;                                          | https |",
        ",,proto=https,                                          | https |",
        "proto=\"https                                           |       |",
        "proto=https;host=\"evil                                 | https |",
        "=https                                                  |       |",
        "proto                                                   |       |",
        "proto=                                                  |       |",
        "xproto=https                                            |       |",
      })
  void readsForwarded(String value, String scheme, String host) {
    ForwardedHeaders read = ForwardedHeaders.of(Arrivals.headers("Forwarded: " + value));

    assertThat(read.scheme().orElse(null)).isEqualTo(scheme);
    assertThat(read.host().orElse(null)).isEqualTo(host);
  }

  @Test
  void prefersForwardedAndFillsItsGapsFromTheOlderHeaders() {
    ForwardedHeaders read =
        ForwardedHeaders.of(
            Arrivals.headers(
                "Forwarded: for=192.0.2.1;proto=https",
                "X-Forwarded-Proto: http",
                "X-Forwarded-Host: r.example.com"));

    assertThat(read.scheme()).contains("https");
    assertThat(read.host()).contains("r.example.com");
  }

  @Test
  void readsAVeryLongForwardedHeader() {
    String padding = "for=\"" + "a".repeat(30_000) + "\"";

    assertThat(ForwardedHeaders.of(Arrivals.headers("Forwarded: " + padding + ";proto=https")))
        .extracting(read -> read.scheme().orElseThrow())
        .isEqualTo("https");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "r.example.com/evil",
        "r.example.com?x",
        "user@r.example.com",
        "r.example.com\"",
        "r.example.com\" ,Bearer realm=\"http://evil",
        "r.example.com:port",
        "r.example.com:0",
        "r.example.com:65536",
        "r.example.com:",
        ":5000",
        "2001:db8::1",
        "[2001:db8::1",
        "[r.example.com]",
        "-r.example.com",
        "r example.com",
        "r.example.com\r\nSet-Cookie: a=b",
        "r\u00e9.example.com",
        "%72.example.com",
        "..",
      })
  void ignoresWhatIsNoHost(String value) {
    String quoted = value.replace("\"", "\\\"");

    assertThat(ForwardedHeaders.of(Arrivals.headers("X-Forwarded-Host: " + value)).host())
        .isEmpty();
    assertThat(ForwardedHeaders.of(Arrivals.headers("Forwarded: host=\"" + quoted + "\"")).host())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "443,443",
    "'8443, 80',8443",
    "1,1",
    "65535,65535",
    "65536,",
    "0,",
    "-1,",
    "8o,",
    "'',"
  })
  void readsPorts(String value, Integer port) {
    assertThat(
            ForwardedHeaders.of(Arrivals.headers("X-Forwarded-Port: " + value)).port().orElse(null))
        .isEqualTo(port);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/registry       | /registry",
        "/registry/      | /registry",
        "/a/b.c~d        | /a/b.c~d",
        "/a, /b          | /a",
        "/               |",
        "registry        |",
        "//evil.example  |",
        "/a//b           |",
        "/..             |",
        "/a/../b         |",
        "/a%2fb          |",
        "/a?b            |",
        "/a\"b           |",
        "/a b            |",
        "/1/2/3/4/5/6/7/8/9 |",
      })
  void readsPrefixes(String value, String prefix) {
    assertThat(
            ForwardedHeaders.of(Arrivals.headers("X-Forwarded-Prefix: " + value))
                .prefix()
                .orElse(null))
        .isEqualTo(prefix);
  }
}
