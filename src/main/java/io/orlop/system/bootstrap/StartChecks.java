package io.orlop.system.bootstrap;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.flywaydb.core.Flyway;

/**
 * Migrates, and checks, before anything else touches the database or the store; what does not
 * belong together stops the start.
 */
@ApplicationScoped
class StartChecks {
  /** Before every other observer. */
  static final int FIRST = 1;

  private final Flyway migrations;
  private final DatabaseCheck database;
  private final MasterKeyCheck masterKey;
  private final StoreCheck store;

  StartChecks(
      Flyway migrations, DatabaseCheck database, MasterKeyCheck masterKey, StoreCheck store) {
    this.migrations = migrations;
    this.database = database;
    this.masterKey = masterKey;
    this.store = store;
  }

  void run(@Observes @Priority(FIRST) StartupEvent starting) {
    DatabaseArrival.await();
    migrations.migrate();
    database.check();
    masterKey.check();
    store.check();
  }
}
