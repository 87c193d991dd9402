package io.orlop.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingValuesTest {
  private final ObjectMapper mapper = new ObjectMapper();
  private final SettingValues values = new SettingValues(mapper);

  private JsonNode json(String text) {
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(SettingKey.class)
  void everyDefaultIsShownAsWhatItsTypeSays(SettingKey key) {
    JsonNode shown = values.show(key, key.defaultValue());

    switch (key.type()) {
      case FLAG -> assertThat(shown.isBoolean()).isTrue();
      case NUMBER, PERIOD, LDAP_SCOPE, QUOTA -> assertThat(shown.isIntegralNumber()).isTrue();
      case OBJECT -> assertThat(shown.isObject()).isTrue();
      case TEXT,
          FILLED_TEXT,
          PASSWORD,
          CONFIDENTIAL,
          AUTH_MODE,
          PROJECT_CREATION,
          ROBOT_PREFIX,
          TEXT_MAP ->
          assertThat(shown.isTextual()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(SettingKey.class)
  void valuesOfAnotherTypeAreRefusedByName(SettingKey key) {
    Stream.of("[]", "1.5", "{}", "true", "7", "\"text\"")
        .map(this::json)
        .filter(value ->
            value.getNodeType() != values.show(key, key.defaultValue()).getNodeType()
                || value.isFloatingPointNumber())
        .forEach(value ->
            assertThatThrownBy(() -> values.read(key, value))
                .as("%s = %s", key, value)
                .isInstanceOfSatisfying(
                    RegistryException.class,
                    refusal -> {
                      assertThat(refusal.code()).isEqualTo(ErrorCode.UNPROCESSABLE_ENTITY);
                      assertThat(refusal.getMessage()).contains(key.wireName());
                    }));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TOKEN_EXPIRATION|0",
        "TOKEN_EXPIRATION|-5",
        "SESSION_TIMEOUT|10000000000",
        "ROBOT_TOKEN_DURATION|99999999999999999999",
        "STORAGE_PER_PROJECT|0",
        "STORAGE_PER_PROJECT|-2",
        "STORAGE_PER_PROJECT|9223372036854775808",
        "LDAP_SCOPE|3",
        "LDAP_TIMEOUT|-1",
        "LDAP_URL|\" \"",
        "AUTH_MODE|\"ldap\"",
        "PROJECT_CREATION_RESTRICTION|\"nobody\"",
        "ROBOT_NAME_PREFIX|\"\"",
        "ROBOT_NAME_PREFIX|\"robot\"",
        "ROBOT_NAME_PREFIX|\"ro:bot$\"",
        "OIDC_EXTRA_REDIRECT_PARMS|\"[]\"",
        "OIDC_EXTRA_REDIRECT_PARMS|\"{\\\"a\\\":1}\"",
        "BANNER_MESSAGE|\"a\\u0000b\""
      })
  void valuesOutOfRangeAreRefusedByName(SettingKey key, String value) {
    assertThatThrownBy(() -> values.read(key, json(value)))
        .isInstanceOfSatisfying(
            RegistryException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST);
              assertThat(refusal.getMessage()).contains(key.wireName());
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TOKEN_EXPIRATION|9999999999|9999999999",
        "STORAGE_PER_PROJECT|-1|-1",
        "STORAGE_PER_PROJECT|9223372036854775807|9223372036854775807",
        "LDAP_TIMEOUT|0|0",
        "READ_ONLY|true|true",
        "ROBOT_NAME_PREFIX|\"robot_\"|robot_",
        "AUTH_MODE|\"oidc_auth\"|oidc_auth",
        "OIDC_EXTRA_REDIRECT_PARMS|\"{\\\"a\\\":\\\"b\\\"}\"|{\"a\":\"b\"}"
      })
  void valuesInRangeAreKept(SettingKey key, String value, String kept) {
    assertThat(values.read(key, json(value))).isEqualTo(kept);
    assertThat(values.show(key, kept)).isEqualTo(values.show(key, values.read(key, json(value))));
  }

  @Test
  void passwordsAreShownToNobody() {
    assertThat(values.show(SettingKey.LDAP_SEARCH_PASSWORD, "secret").asText()).isEmpty();
  }
}
