package io.orlop.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingOverridesTest {
  private final ObjectMapper mapper = new ObjectMapper();

  private SettingOverrides of(@Nullable String json) {
    return new SettingOverrides(mapper, new SettingValues(mapper), json);
  }

  @Test
  void setsWhatItNamesAndLeavesTheRest() {
    SettingOverrides overrides = of("{\"read_only\":true,\"robot_name_prefix\":\"bot$\"}");

    assertThat(overrides.arePresent()).isTrue();
    assertThat(overrides.find(SettingKey.READ_ONLY)).contains("true");
    assertThat(overrides.find(SettingKey.BANNER_MESSAGE)).isEmpty();
  }

  @Test
  void isAbsentWhereTheVariableIsAbsentOrBlank() {
    assertThat(of(null).arePresent()).isFalse();
    assertThat(of(" ").arePresent()).isFalse();
  }

  @Test
  void stopsTheStartWhereItMakesNoSense() {
    assertThatThrownBy(() -> of("read_only")).hasMessageContaining("CONFIG_OVERWRITE_JSON");
    assertThatThrownBy(() -> of("[]")).hasMessageContaining("CONFIG_OVERWRITE_JSON");
    assertThatThrownBy(() -> of("{\"read_only\":\"yes\"}")).hasMessageContaining("read_only");
  }

  @Test
  void ignoresWhatItDoesNotKnow() {
    assertThat(of("{\"max_job_workers\":3}").arePresent()).isTrue();
  }
}
