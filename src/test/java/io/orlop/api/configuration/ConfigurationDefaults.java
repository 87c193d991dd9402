package io.orlop.api.configuration;

import io.orlop.platform.settings.SettingKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whole bodies for {@code PUT /configurations}. */
final class ConfigurationDefaults {
  private ConfigurationDefaults() {}

  /** Sets everything that can be set to it to its default. */
  static Map<String, Object> all() {
    Map<String, Object> body = new LinkedHashMap<>();
    for (SettingKey key : SettingKey.values()) {
      String value = key.defaultValue();
      Object json =
          switch (key.type()) {
            case FLAG -> Boolean.valueOf(value);
            case NUMBER, PERIOD, LDAP_SCOPE, QUOTA -> Long.valueOf(value);
            case OBJECT -> Map.of();
            case FILLED_TEXT -> value.isEmpty() ? "unset" : value;
            case TEXT,
                PASSWORD,
                CONFIDENTIAL,
                AUTH_MODE,
                PROJECT_CREATION,
                ROBOT_PREFIX,
                TEXT_MAP ->
                value;
          };
      body.put(key.wireName(), json);
    }
    return body;
  }

  /** Sets everything to something else than its default. */
  static Map<String, Object> others() {
    Map<String, Object> body = new LinkedHashMap<>();
    for (SettingKey key : SettingKey.values()) {
      String value = key.defaultValue();
      Object json =
          switch (key.type()) {
            case FLAG -> !Boolean.parseBoolean(value);
            case NUMBER, PERIOD -> Integer.parseInt(value) + 1;
            case LDAP_SCOPE -> 1;
            case QUOTA -> 1_000_000_007;
            case OBJECT -> Map.of("type", "daily", "parameter", Map.of("daily_time", 60));
            case TEXT, FILLED_TEXT, PASSWORD, CONFIDENTIAL -> "other";
            case AUTH_MODE -> "oidc_auth";
            case PROJECT_CREATION -> "adminonly";
            case ROBOT_PREFIX -> "bot+";
            case TEXT_MAP -> "{\"prompt\":\"login\"}";
          };
      body.put(key.wireName(), json);
    }
    return body;
  }
}
