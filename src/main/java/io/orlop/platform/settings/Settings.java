package io.orlop.platform.settings;

import io.orlop.platform.persistence.ChangeFeed;
import io.orlop.platform.persistence.Followed;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What administrators have set, as it is at the moment. A change is seen on the replica that made
 * it before it is answered, on the others at once, and while they do not hear of changes they read
 * the database each time. To be asked anew for each request, and nothing derived from it kept.
 *
 * <p>Every method may read the database: not to be called from an event loop.
 */
@ApplicationScoped
public class Settings {
  private final SettingOverrides overrides;
  private final ChangeFeed changes;
  private final Followed<Map<SettingKey, String>> stored;

  Settings(SettingStore store, SettingOverrides overrides, ChangeFeed changes) {
    this.overrides = overrides;
    this.changes = changes;
    this.stored = changes.keep(SettingStore.TOPIC, store::load);
  }

  /**
   * Keeps in memory what follows from settings, until they change.
   *
   * @param derivation makes it of the settings as they are
   */
  public <T> Followed<T> derive(Function<Settings, T> derivation) {
    // These settings were told first to forget, so nothing is derived from what they knew before.
    return changes.keep(SettingStore.TOPIC, () -> derivation.apply(this));
  }

  /** Returns where accounts come from, beside the local ones. */
  public AuthMode authMode() {
    return AuthMode.byWireName(text(SettingKey.AUTH_MODE)).orElseThrow();
  }

  /** Tells whether the sign-in page offers the accounts of {@link #authMode} first. */
  public boolean primaryAuthMode() {
    return flag(SettingKey.PRIMARY_AUTH_MODE);
  }

  /** Tells whether nothing may be changed. */
  public boolean readOnly() {
    return flag(SettingKey.READ_ONLY);
  }

  /** Tells whether people may make themselves an account. */
  public boolean selfRegistration() {
    return flag(SettingKey.SELF_REGISTRATION);
  }

  /** Returns who may make projects. */
  public ProjectCreation projectCreationRestriction() {
    return ProjectCreation.byWireName(text(SettingKey.PROJECT_CREATION_RESTRICTION)).orElseThrow();
  }

  /** Returns how long a registry token lives. */
  public Duration tokenExpiration() {
    return Duration.ofMinutes(number(SettingKey.TOKEN_EXPIRATION));
  }

  /** Returns how long a session may be idle. */
  public Duration sessionTimeout() {
    return Duration.ofMinutes(number(SettingKey.SESSION_TIMEOUT));
  }

  /** Returns what the names of robot accounts begin with; never empty. */
  public String robotNamePrefix() {
    return text(SettingKey.ROBOT_NAME_PREFIX);
  }

  /** Returns how long a new robot account lives where nobody says. */
  public Duration robotTokenDuration() {
    return Duration.ofDays(number(SettingKey.ROBOT_TOKEN_DURATION));
  }

  /** Returns the quota of a new project, in bytes; -1 for none. */
  public long storagePerProject() {
    return number(SettingKey.STORAGE_PER_PROJECT);
  }

  /** Tells whether quotas are kept. */
  public boolean quotaPerProjectEnable() {
    return flag(SettingKey.QUOTA_PER_PROJECT_ENABLE);
  }

  /** Tells whether webhooks are sent. */
  public boolean notificationEnable() {
    return flag(SettingKey.NOTIFICATION_ENABLE);
  }

  /** Tells whether times of pulls are not kept. */
  public boolean pullTimeUpdateDisable() {
    return flag(SettingKey.PULL_TIME_UPDATE_DISABLE);
  }

  /** Tells whether pulls are not counted. */
  public boolean pullCountUpdateDisable() {
    return flag(SettingKey.PULL_COUNT_UPDATE_DISABLE);
  }

  /** Tells whether pulls are not written to the audit log. */
  public boolean pullAuditLogDisable() {
    return flag(SettingKey.PULL_AUDIT_LOG_DISABLE);
  }

  /** Tells whether a scanner's pull leaves the time of the last pull as it is. */
  public boolean scannerSkipUpdatePullTime() {
    return flag(SettingKey.SCANNER_SKIP_UPDATE_PULLTIME);
  }

  /** Tells whether nothing is written to the audit log in the database. */
  public boolean skipAuditLogDatabase() {
    return flag(SettingKey.SKIP_AUDIT_LOG_DATABASE);
  }

  /** Returns what is not written to the audit log, such as {@code pull_artifact}. */
  public Set<String> disabledAuditLogEventTypes() {
    return Arrays.stream(text(SettingKey.DISABLED_AUDIT_LOG_EVENT_TYPES).split(","))
        .map(String::strip)
        .filter(type -> !type.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns what is shown on every page, a JSON object written as a text; empty for nothing. */
  public String bannerMessage() {
    return text(SettingKey.BANNER_MESSAGE);
  }

  /** Returns a setting that is a text, a secret too. */
  public String text(SettingKey key) {
    return overrides
        .find(key)
        .orElseGet(() -> Objects.requireNonNullElse(stored.get().get(key), key.defaultValue()));
  }

  /** Returns a setting that is true or false. */
  public boolean flag(SettingKey key) {
    return Boolean.parseBoolean(text(key));
  }

  /** Returns a setting that is a number. */
  public long number(SettingKey key) {
    return Long.parseLong(text(key));
  }
}
