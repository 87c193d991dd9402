package io.orlop.registry.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "repository:library/a:pull              | repository:library/a:pull",
        "repository:library/a:push,pull         | repository:library/a:pull,push",
        "repository:library/a/b-c/d:*           | repository:library/a/b-c/d:pull,push,delete",
        "repository:library/a:pull,fly          | repository:library/a:pull",
        "registry:catalog:*                     | registry:catalog:*",
      })
  void readsWhatCouldBeGranted(String text, String canonical) {
    assertThat(Scope.parse(text)).map(Object::toString).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "::",
        "repository",
        "repository:library/a",
        "repository:library/a:",
        "repository:library/a:fly",
        "repository:alpine:pull",
        "repository:Library/A:pull",
        "repository:library%2Fa:pull",
        "repository:library/../secret/a:pull",
        "repository:library/a\n:pull",
        "repository(plugin):library/a:pull",
        "registry:other:*",
        "REPOSITORY:library/a:pull",
      })
  void leavesOutWhatCouldNever(String text) {
    assertThat(Scope.parse(text)).isEmpty();
  }

  @Test
  void takesTheLastColonForTheActions() {
    assertThat(Scope.parse("repository:host:5000/library/a:pull")).isEmpty();
  }
}
