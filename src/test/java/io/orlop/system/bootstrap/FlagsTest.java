package io.orlop.system.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagsTest {
  @Test
  void readsValuesAfterSpaceOrEqualsSign() {
    assertThat(Flags.parse(List.of("--port", "81", "--data=/a=b")))
        .isEqualTo(Map.of("orlop.port", "81", "orlop.data", "/a=b"));
  }

  @Test
  void needsNoFlags() {
    assertThat(Flags.parse(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--prot", "-p", "8080", "--port2=1", ""})
  void refusesWhatItDoesNotKnowAndSaysWhatItDoes(String word) {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> Flags.parse(List.of("--port", "81", word)))
        .withMessageStartingWith("Unknown argument: " + word)
        .withMessageContaining("--data DIR");
  }

  @Test
  void refusesFlagWithoutValue() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> Flags.parse(List.of("--port")))
        .withMessageStartingWith("A value is missing after --port");
  }
}
