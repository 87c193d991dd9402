package io.orlop.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainQueryTest {
  @Test
  void findsTheFirstValueOfAParameter() {
    PlainQuery query = PlainQuery.parse("n=5&last=v1.0&n=6&nn=7&x").orElseThrow();
    assertThat(query.first("n")).isEqualTo("5");
    assertThat(query.first("last")).isEqualTo("v1.0");
    assertThat(query.first("las")).isNull();
    assertThat(query.first("x")).isNull();
    assertThat(PlainQuery.parse(null).orElseThrow().first("n")).isNull();
    assertThat(PlainQuery.parse("n=").orElseThrow().first("n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"n=%31", "last=a+b", "last=\u00e4", "n=1;n=2", "last=a/b"})
  void leavesAloneWhatHasToBeDecoded(String query) {
    assertThat(PlainQuery.parse(query)).isEmpty();
  }
}
