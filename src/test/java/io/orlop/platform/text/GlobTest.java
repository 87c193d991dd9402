package io.orlop.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "app,        app,          true",
    "app,        apps,         false",
    "team/*,     team/app,     true",
    "team/*,     team/a/b,     false",
    "team/*,     team,         false",
    "team/**,    team/a/b,     true",
    "**,         a/b/c,        true",
    "*,          a/b,          false",
    "a?c,        abc,          true",
    "a?c,        a/c,          false",
    "a.c,        abc,          false",
    "a.c,        a.c,          true",
    "(a|b)[c]+,  ac,           false",
    "a\\,        a,            false",
  })
  void matchesWholeNames(String pattern, String name, boolean matches) {
    assertThat(Glob.parse(pattern).matches(name)).isEqualTo(matches);
  }
}
