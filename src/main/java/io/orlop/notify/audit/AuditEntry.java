package io.orlop.notify.audit;

import io.orlop.platform.event.Actor;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A line of the log.
 *
 * @param at when it happened
 * @param project the project that it happened in; empty for the whole system
 * @param actor who did it, and how the request came; the name as the log has it
 * @param operation such as {@code pull}
 * @param resourceType such as {@code artifact}
 * @param resource such as {@code library/alpine:3}
 * @param succeeded whether it was done
 */
record AuditEntry(
    Instant at,
    OptionalLong project,
    Actor actor,
    String operation,
    String resourceType,
    String resource,
    boolean succeeded) {
  /** Longer than any name, and short enough for an index whatever its characters are. */
  private static final int LONGEST = 512;

  /** Returns the name by which settings switch entries like this one off. */
  String eventType() {
    return operation + "_" + resourceType;
  }

  /** Returns a text as the database can take it: requests may bring anything. */
  static String stored(String text) {
    String sane = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    return sane.length() <= LONGEST ? sane : sane.substring(0, LONGEST);
  }
}
