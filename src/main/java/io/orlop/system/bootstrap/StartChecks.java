package io.orlop.system.bootstrap;

import io.orlop.storage.BlobStore;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

/**
 * Runs after the migrations and before anything else touches the database or the store; what does
 * not belong together stops the start.
 */
@ApplicationScoped
class StartChecks {
  /** Before all observers that say nothing of their order. */
  static final int FIRST = 100;

  private final DatabaseCheck database;
  private final MasterKeyCheck masterKey;
  private final Instance<BlobStore> stores;
  private final InstallationFacts facts;

  StartChecks(
      DatabaseCheck database,
      MasterKeyCheck masterKey,
      Instance<BlobStore> stores,
      InstallationFacts facts) {
    this.database = database;
    this.masterKey = masterKey;
    this.stores = stores;
    this.facts = facts;
  }

  void run(@Observes @Priority(FIRST) StartupEvent starting) {
    database.check();
    masterKey.check();
    for (BlobStore store : stores) {
      new StoreCheck(facts, store).check();
    }
  }
}
