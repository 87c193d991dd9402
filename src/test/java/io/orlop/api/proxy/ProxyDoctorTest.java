package io.orlop.api.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.platform.http.Arrival;
import io.orlop.platform.http.ConfiguredUrls;
import io.orlop.platform.http.PublicUrl;
import io.orlop.platform.http.PublicUrls;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyDoctorTest {
  private static final String HOST = "r.example.com";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Proto: https; X-Forwarded-For: 192.0.2.1; X-Real-IP: 192.0.2.1",
        "X-Forwarded-Proto: https; X-Forwarded-For: 192.0.2.1, 10.0.0.9",
        "X-Forwarded-Proto: https, http; X-Forwarded-For: 192.0.2.1, 10.0.0.9",
        "X-Forwarded-Proto: https; X-Forwarded-Port: 443; X-Forwarded-Ssl: on",
        "X-Forwarded-Proto: https; X-Forwarded-Port: 80",
        "X-Forwarded-Proto: http; X-Forwarded-For: 192.0.2.1; X-Forwarded-Port: 80",
        "X-Forwarded-Proto: https; X-Forwarded-Prefix: /",
      })
  void findsNothingInAHealthyRequest(String headers) {
    assertThat(examine(HOST, headers)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Proto: http; X-Forwarded-Ssl: on",
        "X-Forwarded-Proto: http; X-Forwarded-Port: 443",
        "X-Forwarded-Proto: http; X-Forwarded-Scheme: https",
        "X-Forwarded-Proto: http; X-Scheme: HTTPS",
        "X-Forwarded-Proto: http; Front-End-Https: on",
        "X-Forwarded-Proto: http, https",
        "Forwarded: proto=http; X-Forwarded-Proto: https",
        "X-Forwarded-Proto: http; CloudFront-Forwarded-Proto: https",
        "Forwarded: for=192.0.2.1|proto=http, for=10.0.0.9|proto=https",
        "X-Forwarded-Ssl: on",
        "Front-End-Https: on",
      })
  void namesALostScheme(String headers) {
    assertThat(codes(examine(HOST, headers))).containsExactly("scheme-lost");
  }

  @Test
  void namesALostSchemeByThePortThatWasAsked() {
    assertThat(codes(examine(HOST + ":443", "X-Forwarded-Proto: http")))
        .containsExactly("scheme-lost");
  }

  @Test
  void suspectsTheInnerOfTwoProxies() {
    List<Problem> problems =
        examine(HOST, "X-Forwarded-Proto: http; X-Forwarded-For: 192.0.2.1, 10.0.0.9");

    assertThat(codes(problems)).containsExactly("scheme-doubtful");
    assertThat(problems.getFirst().isError()).isFalse();
    assertThat(problems.getFirst().cure())
        .contains("proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;")
        .contains("ORLOP_HTTP_EXTERNAL_URL=https://r.example.com.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-Forwarded-For: 192.0.2.1", "Via: 1.1 proxy", "X-Forwarded-Host: r.example.com"})
  void namesAProxyThatDoesNotSayTheScheme(String headers) {
    List<Problem> problems = examine(HOST, headers);

    assertThat(codes(problems)).containsExactly("scheme-missing");
    assertThat(problems.getFirst().cure()).contains("proxy_set_header X-Forwarded-Proto $scheme;");
  }

  @Test
  void namesAContradictionThatDoesNoHarm() {
    List<Problem> problems = examine(HOST, "Forwarded: proto=https; X-Forwarded-Proto: http");

    assertThat(codes(problems)).containsExactly("scheme-doubtful");
    assertThat(problems.getFirst().isError()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://r.example.com      | r.example.com      | X-Forwarded-Proto: https |",
        "https://R.example.com/     | r.example.com      | X-Forwarded-Proto: https |",
        "http://r.example.com       | r.example.com      | X-Forwarded-Proto: http; X-Forwarded-For: 192.0.2.1, 10.0.0.9 |",
        "https://r.example.com      | r.example.com      |                          | scheme-differs",
        "https://r.example.com      | r.example.com      | X-Forwarded-Proto: http  | scheme-differs",
        "http://r.example.com       | r.example.com      | X-Forwarded-Proto: https | scheme-differs",
        "https://r.example.com      | inner:8080         | X-Forwarded-Proto: https | host-differs",
        "https://r.example.com:8443 | r.example.com      | X-Forwarded-Proto: https | port-differs",
        "https://r.example.com      | r.example.com:9000 | X-Forwarded-Proto: https | port-differs",
        "https://r.example.com/reg  | r.example.com      | X-Forwarded-Proto: https | path-prefix",
      })
  void comparesWithWhatTheClientTyped(String typed, String host, String headers, String code) {
    List<Problem> problems =
        examine(near(host, headers == null ? "" : headers), Optional.empty(), Optional.of(typed));

    assertThat(codes(problems)).isEqualTo(code == null ? List.of() : List.of(code));
    assertThat(problems).allMatch(Problem::isError);
  }

  @Test
  void namesHeadersThatComeFromFarAway() {
    List<Problem> problems =
        examine(
            new Arrival(Optional.of("192.0.2.1"), false, HOST, headers("X-Forwarded-Proto: https")),
            Optional.empty(),
            Optional.empty());

    assertThat(codes(problems)).containsExactly("headers-ignored");
    assertThat(problems.getFirst().cause()).contains("192.0.2.1");
  }

  @Test
  void isContentWithAClientFromFarAway() {
    Arrival direct = new Arrival(Optional.of("192.0.2.1"), true, HOST, headers(""));

    assertThat(examine(direct, Optional.empty(), Optional.of("https://" + HOST))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Proto: http; X-Forwarded-For: 192.0.2.1, 10.0.0.9",
        "X-Forwarded-Proto: http; X-Forwarded-Port: 443",
        "X-Forwarded-For: 192.0.2.1",
      })
  void isCuredByTheExternalUrl(String headers) {
    assertThat(examine(near(HOST, headers), Optional.of("https://" + HOST), Optional.empty()))
        .isEmpty();
    assertThat(
            examine(
                near(HOST, headers),
                Optional.of("https://" + HOST),
                Optional.of("https://" + HOST)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://other.example.com,",
    "https://r.example.com:8443,https://r.example.com",
    "http://r.example.com,      https://r.example.com",
  })
  void namesAnExternalUrlOtherThanWhatWasAsked(String configured, String typed) {
    List<Problem> problems =
        examine(
            near(HOST, "X-Forwarded-Proto: https"),
            Optional.of(configured),
            Optional.ofNullable(typed));

    assertThat(codes(problems)).containsExactly("external-url-differs");
    assertThat(problems.getFirst().cause()).contains(configured);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-Proto: https; X-Forwarded-Prefix: /registry | path-prefix",
        "X-Forwarded-Proto: https; X-Forwarded-Host: localhost:8080 | host-doubtful",
        "X-Forwarded-Proto: https; X-Forwarded-Host: r.example.com:8443; X-Forwarded-Port: 9000 | port-doubtful",
        "X-Forwarded-Proto: https; X-Forwarded-Host: a b | header-unreadable",
        "X-Forwarded-Proto: https; X-Forwarded-Port: many | header-unreadable",
        "X-Forwarded-Proto: https; X-Forwarded-Prefix: a b | header-unreadable",
      })
  void namesWhatElseIsWrong(String headers, String code) {
    assertThat(codes(examine(HOST, headers))).containsExactly(code);
  }

  @Test
  void namesASchemeThatNobodyUnderstands() {
    assertThat(codes(examine(HOST, "X-Forwarded-Proto: gopher")))
        .containsExactlyInAnyOrder("scheme-missing", "header-unreadable");
  }

  @Test
  void namesAPrefixInTheExternalUrl() {
    assertThat(
            codes(
                examine(
                    near(HOST, ""), Optional.of("https://r.example.com/reg"), Optional.empty())))
        .containsExactly("path-prefix");
  }

  @Test
  void namesErrorsFirst() {
    List<Problem> problems =
        examine(HOST, "X-Forwarded-For: 192.0.2.1; X-Forwarded-Prefix: /registry");

    assertThat(codes(problems)).containsExactly("path-prefix", "scheme-missing");
  }

  private static List<Problem> examine(String host, String headers) {
    return examine(near(host, headers), Optional.empty(), Optional.empty());
  }

  private static List<Problem> examine(
      Arrival arrival, Optional<String> configured, Optional<String> typed) {
    PublicUrls urls = ConfiguredUrls.of(configured);
    return ProxyDoctor.examine(
        new Examination(
            arrival, urls.seenBy(arrival), urls.configured(), typed.map(PublicUrl::parse)));
  }

  private static Arrival near(String host, String headers) {
    return new Arrival(Optional.of("10.0.0.2"), false, host, headers(headers));
  }

  /** Reads headers separated by {@code "; "}; a bar stands for a semicolon within one. */
  private static MultiMap headers(String text) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (String line : text.split("; ", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.add(line.substring(0, colon), line.substring(colon + 2).replace('|', ';'));
      }
    }
    return headers;
  }

  private static List<String> codes(List<Problem> problems) {
    return problems.stream().map(Problem::code).toList();
  }
}
