package io.orlop.catalog.quota;

import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/** Charges projects beyond their limits, where quotas are not kept. */
@ApplicationScoped
class UncheckedCharges {
  private final Database database;

  UncheckedCharges(Database database) {
    this.database = database;
  }

  /** Does what a project is charged for, in a transaction whose charges are not refused. */
  @Transactional
  public <T> T write(Supplier<T> write) {
    database.first("SELECT set_config('orlop.quota', 'off', true)", _ -> true);
    return write.get();
  }
}
