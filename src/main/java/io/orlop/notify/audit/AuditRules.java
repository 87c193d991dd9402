package io.orlop.notify.audit;

import io.orlop.platform.settings.Settings;
import java.util.Set;

/**
 * What is written.
 *
 * @param none whether nothing is
 * @param pulls whether pulls are
 * @param disabled what is not, by the names of event types
 */
record AuditRules(boolean none, boolean pulls, Set<String> disabled) {
  static AuditRules of(Settings settings) {
    return new AuditRules(
        settings.skipAuditLogDatabase(),
        !settings.pullAuditLogDisable(),
        settings.disabledAuditLogEventTypes());
  }

  boolean allow(AuditEntry entry) {
    return !none
        && (pulls || !entry.operation().equals("pull"))
        && !disabled.contains(entry.eventType());
  }
}
