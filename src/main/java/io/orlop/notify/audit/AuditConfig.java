package io.orlop.notify.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The audit log. */
@ConfigMapping(prefix = "orlop.audit")
public interface AuditConfig {

  /** How long an entry is kept. */
  @WithDefault("P365D")
  Duration retention();

  /**
   * How many entries are kept, each of which takes about half a kilobyte of the database. Beyond it
   * the oldest pulls go, and where there are none, the oldest entries.
   */
  @WithDefault("5000000")
  @Min(1_000)
  long maxEntries();

  /**
   * How many entries may wait in memory to be written, where the database is slow or away. Beyond
   * it entries are lost, which the log tells and {@code orlop_audit_dropped_total} counts: no
   * request waits for its entry.
   */
  @WithDefault("50000")
  @Min(100)
  @Max(10_000_000)
  int buffer();
}
