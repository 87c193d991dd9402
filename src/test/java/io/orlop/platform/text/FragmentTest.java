package io.orlop.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FragmentTest {
  @ParameterizedTest
  @CsvSource({"app, %app%", "a_b, %a\\_b%", "50%, %50\\%%", "a\\b, %a\\\\b%", "'', %%"})
  void everyCharacterStandsForItself(String text, String pattern) {
    assertThat(Fragment.pattern(text)).isEqualTo(pattern);
  }
}
