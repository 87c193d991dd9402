package io.orlop.notify.audit;

import io.orlop.platform.job.ClockWatch;
import io.orlop.platform.job.PeriodicWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntToLongFunction;

/** Deletes what is too old and what is too much, so that the log cannot fill the disk. */
@ApplicationScoped
class AuditPurge implements PeriodicWork {
  /** A clock that was just set says nothing about what is old. */
  private static final Duration STEADY = Duration.ofHours(1);

  private static final Duration MARGIN = Duration.ofDays(2);

  private static final int BATCH = 5_000;

  private final AuditTable table;
  private final AuditNames names;
  private final AuditDays days;
  private final AuditConfig config;
  private final ClockWatch clock;

  AuditPurge(
      AuditTable table, AuditNames names, AuditDays days, AuditConfig config, ClockWatch clock) {
    this.table = table;
    this.names = names;
    this.days = days;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "purge-audit-log";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(10);
  }

  @Override
  public void run() {
    if (clock.isSteadyFor(STEADY)) {
      Instant oldest = Instant.now().minus(config.retention());
      delete(Long.MAX_VALUE, most -> table.deleteBefore(oldest, most));
      // What a name was last used by may be a day younger than it says, and be on its way.
      names.forgetBefore(oldest.minus(MARGIN));
      days.forgetBefore(oldest.minus(MARGIN));
    }
    deleteFirst(table.total() - config.maxEntries());
  }

  /** Deletes a number of entries: pulls first, since there are many and each says little. */
  void deleteFirst(long number) {
    long left = delete(number, table::deletePulls);
    delete(left, table::deleteOldest);
  }

  /** Deletes in small pieces; returns how many were not found. */
  private static long delete(long wanted, IntToLongFunction piece) {
    long left = wanted;
    while (left > 0) {
      long deleted = piece.applyAsLong((int) Math.min(left, BATCH));
      if (deleted == 0) {
        return left;
      }
      left -= deleted;
    }
    return 0;
  }
}
