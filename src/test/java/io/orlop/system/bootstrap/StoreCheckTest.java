package io.orlop.system.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.platform.persistence.Database;
import io.orlop.storage.BlobStore;
import io.orlop.storage.SpaceReserve;
import io.orlop.storage.filesystem.FilesystemBlobStore;
import io.orlop.system.StartRefusedException;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.clients.Folders;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class StoreCheckTest {
  @Inject Database database;
  @Inject InstallationFacts facts;

  @TempDir Path folder;

  private BlobStore store;

  @BeforeEach
  void makeStoreAndDatabaseNew() {
    store = FilesystemBlobStore.open(folder.resolve("data"), new SpaceReserve(0, 0));
    execute("DELETE FROM installation WHERE name = 'store-id'");
  }

  @Test
  void pairsANewDatabaseWithANewStore() {
    check();
    assertThat(store.marker()).isPresent().isEqualTo(facts.find("store-id"));
    String id = store.marker().orElseThrow();
    check();
    assertThat(store.marker()).contains(id);
  }

  @Test
  void takesUpAPairingThatWasKilledBeforeTheStoreWasWritten() {
    execute("INSERT INTO installation (name, value) VALUES ('store-id', 'pending:7')");
    check();
    assertThat(store.marker()).contains("7");
    assertThat(facts.find("store-id")).contains("7");
  }

  @Test
  void takesUpAPairingThatWasKilledAfterTheStoreWasWritten() {
    execute("INSERT INTO installation (name, value) VALUES ('store-id', 'pending:7')");
    store.writeMarker("7");
    check();
    assertThat(facts.find("store-id")).contains("7");
  }

  @Test
  void refusesForeignStoreDuringAPairing() {
    execute("INSERT INTO installation (name, value) VALUES ('store-id', 'pending:7')");
    store.writeMarker("8");
    assertRefused("The blob store belongs to another database: its marker is 8");
    assertThat(store.marker()).contains("8");
  }

  @Test
  void refusesStoreOfAnotherDatabaseForANewDatabase() {
    store.writeMarker("8");
    assertRefused("The blob store belongs to another database (its marker is 8)");
    assertThat(facts.find("store-id")).isEmpty();
  }

  @Test
  void refusesANewStoreForAKnownDatabase() {
    execute("INSERT INTO installation (name, value) VALUES ('store-id', '7')");
    assertRefused("The blob store has no marker, but this database's store has 7: is its volume");
    assertThat(store.marker()).isEmpty();
  }

  @Test
  void refusesStoreAndDatabaseOfDifferentInstallations() {
    execute("INSERT INTO installation (name, value) VALUES ('store-id', '7')");
    store.writeMarker("8");
    assertRefused("The blob store belongs to another database: its marker is 8");
  }

  @Test
  void refusesStoreThatCannotBeWrittenTo() {
    Folders.delete(folder.resolve("data"));
    assertRefused("The blob store cannot be used: ");
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private void check() {
    new StoreCheck(facts, store).check();
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(this::check)
        .withMessageStartingWith(message);
  }

  private void execute(String sql) {
    database.update(sql);
  }
}
