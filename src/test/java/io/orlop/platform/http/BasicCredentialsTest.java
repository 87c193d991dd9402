package io.orlop.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialsTest {

  @ParameterizedTest
  @ValueSource(strings = {"admin:secret", "admin:", ":secret", "admin:a:b", "\u00fcser:p\u00e4ss"})
  void readsUserNameAndPassword(String text) {
    String[] parts = text.split(":", 2);

    assertThat(BasicCredentials.parse("basic  " + encode(text) + " "))
        .contains(new BasicCredentials(parts[0], parts[1]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic ", "Basic !!!", "Basic YWRtaW4=", "Bearer YTpi", "YTpi"})
  void findsNothingInWhatIsMalformedOrOfAnotherScheme(String header) {
    assertThat(BasicCredentials.parse(header)).isEmpty();
  }

  @Test
  void doesNotShowThePassword() {
    assertThat(new BasicCredentials("admin", "secret")).hasToString("BasicCredentials[admin]");
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
