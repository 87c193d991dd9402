package io.orlop.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orlop.platform.error.RegistryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageSizeTest {

  @Test
  void isAThousandWithoutTheParameter() {
    assertThat(PageSize.parse(null)).isEqualTo(1000);
    assertThat(PageSize.parse("")).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1,1",
    "007,7",
    "1000,1000",
    "1001,1000",
    "10000,1000",
    "99999999999999999999,1000"
  })
  void clampsHugeNumbers(String n, int size) {
    assertThat(PageSize.parse(n)).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "ten", "1e3", "1.5", " 1", "0x10", "٣"})
  void refusesWhatIsNoNumber(String n) {
    assertThatThrownBy(() -> PageSize.parse(n)).isInstanceOf(RegistryException.class);
  }
}
