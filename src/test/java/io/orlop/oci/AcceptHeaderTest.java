package io.orlop.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptHeaderTest {

  @Test
  void acceptsAnythingWithoutHeader() {
    assertThat(AcceptHeader.parse(List.of()).accepts(MediaType.OCI_INDEX)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ",", ";", "/", "nonsense", "a/", "/b", "*/b", "a/b/c", "\"", ";q=0"})
  void acceptsAnythingWhenNoMemberCanBeRead(String header) {
    assertThat(AcceptHeader.parse(List.of(header)).accepts(MediaType.OCI_INDEX)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a/b                                                    | true",
        "A/B                                                    | true",
        "a/c                                                    | false",
        "a/c, a/b                                               | true",
        "a/c,a/b;q=0.5                                          | true",
        "a/b;q=0                                                | false",
        "a/b;Q=0.000                                            | false",
        "a/b; q=0.001                                           | true",
        "a/b;q=nonsense                                         | true",
        "a/b;charset=utf-8;q=0                                  | false",
        "a/b; charset=utf-8                                     | true",
        "a/*                                                    | true",
        "c/*                                                    | false",
        "*/*                                                    | true",
        "*/*;q=0                                                | false",
        "*/*, a/b;q=0                                           | false",
        "a/b;q=0, */*                                           | false",
        "a/*;q=0, */*                                           | false",
        "a/*;q=0, a/b                                           | true",
        "a/b;q=0, a/b                                           | true",
        "a/b, a/b;q=0                                           | true",
        "*/*;q=0, a/b                                           | true",
        "text/html, image/gif, *; q=.2, */*; q=.2               | true",
        "a/c;x=\"a/b,a/b\"                                      | false",
        "a/c;x=\"\\\"\",a/b                                     | true",
        "a/c;x=\"unclosed, a/b                                  | false",
      })
  void letsTheClosestMemberDecide(String header, boolean accepted) {
    assertThat(AcceptHeader.parse(List.of(header)).accepts(MediaType.parse("a/b")))
        .isEqualTo(accepted);
  }

  @Test
  void readsAllHeadersOfARequest() {
    var accept = AcceptHeader.parse(List.of("a/b", "c/d, e/f"));
    assertThat(accept.accepts(MediaType.parse("e/f"))).isTrue();
    assertThat(accept.accepts(MediaType.parse("g/h"))).isFalse();
  }

  @Test
  void readsWhatDockerSends() {
    var accept =
        AcceptHeader.parse(
            List.of(
                "application/vnd.docker.distribution.manifest.v2+json,"
                    + " application/vnd.docker.distribution.manifest.list.v2+json,"
                    + " application/vnd.oci.image.manifest.v1+json,"
                    + " application/vnd.oci.image.index.v1+json, */*"));
    assertThat(accept.ranges()).hasSize(5);
    assertThat(accept.accepts(MediaType.OCI_INDEX)).isTrue();
    assertThat(accept.accepts(MediaType.parse("application/vnd.acme+json"))).isTrue();
  }

  @Test
  void survivesAnyText() {
    var random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int j = random.nextInt(30); j > 0; j--) {
        text.append("ab/*;,q=0.\"\\ \0é".charAt(random.nextInt(15)));
      }
      var accept = AcceptHeader.parse(List.of(text.toString()));
      assertThat(accept.accepts(MediaType.parse("a/b")) || !accept.ranges().isEmpty()).isTrue();
    }
  }

  @Test
  void readsAVeryLongHeader() {
    var accept = AcceptHeader.parse(List.of("a/c,".repeat(500_000) + "a/b;q=0"));
    assertThat(accept.accepts(MediaType.parse("a/b"))).isFalse();
    assertThat(AcceptHeader.parse(List.of("\"\\".repeat(500_000))).ranges()).isEmpty();
  }
}
