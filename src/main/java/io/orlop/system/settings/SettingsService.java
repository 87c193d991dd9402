package io.orlop.system.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.settings.SettingKey;
import io.orlop.platform.settings.SettingOverrides;
import io.orlop.platform.settings.SettingStore;
import io.orlop.platform.settings.SettingType;
import io.orlop.platform.settings.SettingValues;
import io.orlop.platform.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Shows settings and changes them. */
@ApplicationScoped
public class SettingsService {
  private final Settings settings;
  private final SettingStore store;
  private final SettingValues values;
  private final SettingOverrides overrides;

  SettingsService(
      Settings settings, SettingStore store, SettingValues values, SettingOverrides overrides) {
    this.settings = settings;
    this.store = store;
    this.values = values;
    this.overrides = overrides;
  }

  /** Tells whether settings can be changed, or the environment sets them. */
  public boolean areEditable() {
    return !overrides.arePresent();
  }

  /**
   * Returns all settings as JSON, but for those that nobody is shown.
   *
   * @param confidential whether the caller may see what is shown to system administrators alone
   */
  public Map<SettingKey, JsonNode> show(boolean confidential) {
    Map<SettingKey, JsonNode> shown = new EnumMap<>(SettingKey.class);
    for (SettingKey key : SettingKey.values()) {
      boolean concealed = key.type() == SettingType.CONFIDENTIAL && !confidential;
      if (key.type() != SettingType.PASSWORD) {
        shown.put(key, values.show(key, concealed ? "" : settings.text(key)));
      }
    }
    return shown;
  }

  /**
   * Changes settings, all of them or none.
   *
   * @throws io.orlop.platform.error.RegistryException BAD_REQUEST or UNPROCESSABLE_ENTITY if one
   *     has a value that it cannot have, FORBIDDEN if the environment sets them
   */
  @Transactional
  public void change(Map<SettingKey, JsonNode> wanted) {
    if (!areEditable()) {
      throw ErrorCode.FORBIDDEN.exception(
          "the settings are set by the environment variable "
              + SettingOverrides.VARIABLE
              + " and cannot be changed");
    }
    Map<SettingKey, String> changes = new EnumMap<>(SettingKey.class);
    wanted.forEach((key, value) -> changes.put(key, values.read(key, value)));
    if (changes.isEmpty()) {
      return;
    }
    store.lock();
    Map<SettingKey, String> result = store.load();
    result.putAll(changes);
    requireSomeAuditLog(result);
    store.save(changes);
  }

  private static void requireSomeAuditLog(Map<SettingKey, String> result) {
    if (Boolean.parseBoolean(result.get(SettingKey.SKIP_AUDIT_LOG_DATABASE))
        && Objects.requireNonNullElse(result.get(SettingKey.AUDIT_LOG_FORWARD_ENDPOINT), "")
            .isBlank()) {
      throw ErrorCode.BAD_REQUEST.exception(
          "skip_audit_log_database cannot be true while audit_log_forward_endpoint is empty");
    }
  }
}
