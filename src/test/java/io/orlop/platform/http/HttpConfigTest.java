package io.orlop.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpConfigTest {

  @Test
  void readsAddressesAndNetworks() {
    HttpConfig config =
        read(
            Map.of(
                "orlop.http.external-url", " https://registry.example.com/ ",
                "orlop.http.trusted-proxies", "10.0.0.0/8, 2001:db8::1"));

    assertThat(config.externalUrl()).contains(new PublicUrl("https", "registry.example.com", ""));
    assertThat(config.trustedProxies().orElseThrow())
        .containsExactly(Network.parse("10.0.0.0/8"), Network.parse("2001:db8::1/128"));
  }

  @Test
  void takesAnEmptyTextForNothing() {
    HttpConfig config =
        read(Map.of("orlop.http.external-url", "", "orlop.http.trusted-proxies", ""));

    assertThat(config.externalUrl()).isEmpty();
    assertThat(config.trustedProxies()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "orlop.http.external-url,    registry.example.com,  https://registry.example.com",
    "orlop.http.trusted-proxies, proxy.example,         10.0.0.0/8",
  })
  void namesTheSettingThatCannotBeUsed(String setting, String value, String hint) {
    assertThatThrownBy(() -> read(Map.of(setting, value)))
        .isInstanceOf(ConfigValidationException.class)
        .hasMessageContaining(setting)
        .hasMessageContaining(hint);
  }

  private static HttpConfig read(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(HttpConfig.class)
        .withDefaultValues(settings)
        .build()
        .getConfigMapping(HttpConfig.class);
  }
}
