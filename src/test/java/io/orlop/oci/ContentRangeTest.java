package io.orlop.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRangeTest {

  @ParameterizedTest
  @CsvSource({
    "0-0, 0, 0, 1",
    "0-1023, 0, 1023, 1024",
    "1024-2047, 1024, 2047, 1024",
    "007-0008, 7, 8, 2",
    "bytes 0-9/10, 0, 9, 10",
    "bytes 5-9/*, 5, 9, 5",
    "5-9/10, 5, 9, 5",
    "0-9223372036854775806, 0, 9223372036854775806, 9223372036854775807",
  })
  void readsBothForms(String text, long start, long end, long length) {
    var range = ContentRange.parse(text);
    assertThat(range).isEqualTo(new ContentRange(start, end)).hasToString(start + "-" + end);
    assertThat(range.length()).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "0",
        "0-",
        "-5",
        "5-4",
        "-1-5",
        "0--5",
        "+0-5",
        "0 - 5",
        " 0-5",
        "0-5\n",
        "0x0-5",
        "a-b",
        "bytes=0-5",
        "bytes */10",
        "0-5/",
        "٠-٥",
        "0-9223372036854775807",
        "0-9223372036854775808",
        "99999999999999999999999-99999999999999999999999",
      })
  void refusesAnythingElse(String text) {
    assertThatExceptionOfType(InvalidRangeException.class)
        .isThrownBy(() -> ContentRange.parse(text));
  }

  @Test
  void refusesEndlessDigits() {
    String digits = "9".repeat(1_000_000);
    assertThatExceptionOfType(InvalidRangeException.class)
        .isThrownBy(() -> ContentRange.parse(digits + "-" + digits))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }
}
