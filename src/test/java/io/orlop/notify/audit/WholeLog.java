package io.orlop.notify.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.platform.persistence.Database;
import io.orlop.platform.query.Slice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The log of all projects and the system, to which other tests may be adding. */
record WholeLog(AuditLog log, Database database) {

  static List<Long> ids(AuditLog.Page page) {
    return page.entries().stream().map(LoggedEntry::id).toList();
  }

  /** Expects pages of a hundred to be right, counted from the newest entry before a moment on. */
  void expectPagesBefore(Instant end, int... offsets) {
    await()
        .untilAsserted(() -> {
          List<Long> all =
              database.list(
                  "SELECT id FROM audit_log ORDER BY op_time DESC, id DESC", row -> row.getLong(1));
          int newest = all.indexOf(newestOf(end));
          for (int offset : offsets) {
            int from = newest + offset;
            AuditLog.Page page =
                log.page(Optional.empty(), AuditLog.LISTING.read("", null), new Slice(100, from));
            assertThat(ids(page))
                .as("from %d on", offset)
                .isEqualTo(all.subList(from, Math.min(from + 100, all.size())));
          }
        });
  }

  private long newestOf(Instant end) {
    return database.one(
        "SELECT id FROM audit_log WHERE op_time < ? ORDER BY op_time DESC, id DESC LIMIT 1",
        row -> row.getLong(1),
        end);
  }
}
