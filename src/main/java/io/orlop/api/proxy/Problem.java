package io.orlop.api.proxy;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Something that is wrong with the way a request came.
 *
 * @param code a name that stays the same
 * @param severity whether clients fail
 * @param cause what was found
 * @param cure what to change
 */
record Problem(String code, Severity severity, String cause, String cure) {

  /** Whether clients fail. */
  enum Severity {
    /** They do. */
    ERROR,
    /** They may. */
    WARNING;

    @JsonValue
    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Problem error(String code, String cause, String cure) {
    return new Problem(code, Severity.ERROR, cause, cure);
  }

  static Problem warning(String code, String cause, String cure) {
    return new Problem(code, Severity.WARNING, cause, cure);
  }

  boolean isError() {
    return severity == Severity.ERROR;
  }
}
