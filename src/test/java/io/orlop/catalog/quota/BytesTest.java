package io.orlop.catalog.quota;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "5242880, 5.0 MiB",
    "1572864, 1.5 MiB",
    "1125899906842624, 1.0 PiB",
    "9223372036854775807, 8.0 EiB",
  })
  void areWrittenAsHarborDoes(long bytes, String text) {
    assertThat(Bytes.text(bytes)).isEqualTo(text);
  }
}
