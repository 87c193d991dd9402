package io.orlop.platform.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orlop.platform.error.RegistryException;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Settings that the environment sets, as Harbor's variable {@code CONFIG_OVERWRITE_JSON} does.
 * While there is one no setting can be changed.
 */
@ApplicationScoped
@Startup
public class SettingOverrides {
  /** The variable. */
  public static final String VARIABLE = "CONFIG_OVERWRITE_JSON";

  private static final Logger LOG = Logger.getLogger(SettingOverrides.class);

  private final boolean present;
  private final Map<SettingKey, String> values;

  /** Reads the environment. Its value as it is: there is nothing to expand in JSON. */
  @jakarta.inject.Inject
  SettingOverrides(ObjectMapper mapper, SettingValues reader) {
    this(mapper, reader, ConfigProvider.getConfig().getConfigValue(VARIABLE).getRawValue());
  }

  SettingOverrides(ObjectMapper mapper, SettingValues reader, @Nullable String json) {
    this.present = json != null && !json.isBlank();
    this.values = json == null || json.isBlank() ? Map.of() : parse(mapper, reader, json);
  }

  /** Tells whether settings cannot be changed. */
  public boolean arePresent() {
    return present;
  }

  /** Returns what the environment sets a setting to. */
  Optional<String> find(SettingKey key) {
    return Optional.ofNullable(values.get(key));
  }

  private static Map<SettingKey, String> parse(
      ObjectMapper mapper, SettingValues reader, String json) {
    try {
      Map<SettingKey, String> values = new EnumMap<>(SettingKey.class);
      JsonNode root = mapper.readTree(json);
      if (!root.isObject()) {
        throw new IllegalStateException(VARIABLE + " is no JSON object");
      }
      root.propertyStream()
          .forEach(member ->
              SettingKey.byWireName(member.getKey())
                  .ifPresentOrElse(
                      key -> values.put(key, reader.read(key, member.getValue())),
                      () -> LOG.warnf("%s sets an unknown %s", VARIABLE, member.getKey())));
      return values;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(VARIABLE + " is no JSON: " + e.getOriginalMessage(), e);
    } catch (RegistryException e) {
      throw new IllegalStateException(VARIABLE + ": " + e.getMessage(), e);
    }
  }
}
