package io.orlop.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpaceReserveTest {
  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0          | 0",
        "1G         | 1073741824",
        "512M       | 536870912",
        "123        | 123",
        "2%         | 2147483648",
        "0.5%       | 536870912",
        "1G,2%      | 2147483648",
        "3G, 2%     | 3221225472",
        "1%, 1M, 2% | 2147483648",
        "100%       | 107374182400"
      })
  void keepsTheLargestOfItsParts(String text, long expected) {
    assertThat(SpaceReserve.of(text).on(100 * GIB)).isEqualTo(expected);
  }

  @Test
  void keepsAFixedSizeOnASmallVolume() {
    assertThat(SpaceReserve.of("1G,2%").on(5 * GIB)).isEqualTo(GIB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1G,", "%", "x%", "101%", "-1%", "NaN%", "lots", "-5"})
  void refusesWhatIsNeitherASizeNorAShare(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SpaceReserve.of(text));
  }
}
