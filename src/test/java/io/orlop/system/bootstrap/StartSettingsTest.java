package io.orlop.system.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartSettingsTest {
  @ParameterizedTest
  @CsvSource({"1, 6", "2, 6", "4, 10", "7, 16", "8, 16", "128, 16"})
  void moreCoresHaveMoreConnections(int cores, int connections) {
    assertThat(StartSettings.connections(cores)).isEqualTo(connections);
  }
}
