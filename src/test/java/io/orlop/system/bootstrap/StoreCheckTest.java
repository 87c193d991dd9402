package io.orlop.system.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.BlobReader;
import io.orlop.storage.BlobStore;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageKey;
import io.orlop.system.StartRefusedException;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class StoreCheckTest {
  @Inject DataSource dataSource;
  @Inject InstallationFacts facts;

  private final FakeStore store = new FakeStore();

  @BeforeEach
  void makeDatabaseNew() throws SQLException {
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
  void takesUpAPairingThatWasKilledBeforeTheStoreWasWritten() throws SQLException {
    execute("INSERT INTO installation (name, value) VALUES ('store-id', 'pending:7')");
    check();
    assertThat(store.marker()).contains("7");
    assertThat(facts.find("store-id")).contains("7");
  }

  @Test
  void takesUpAPairingThatWasKilledAfterTheStoreWasWritten() throws SQLException {
    execute("INSERT INTO installation (name, value) VALUES ('store-id', 'pending:7')");
    store.writeMarker("7");
    check();
    assertThat(facts.find("store-id")).contains("7");
  }

  @Test
  void refusesForeignStoreDuringAPairing() throws SQLException {
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
  void refusesANewStoreForAKnownDatabase() throws SQLException {
    execute("INSERT INTO installation (name, value) VALUES ('store-id', '7')");
    assertRefused("The blob store has no marker, but this database's store has 7: is its volume");
    assertThat(store.marker()).isEmpty();
  }

  @Test
  void refusesStoreAndDatabaseOfDifferentInstallations() throws SQLException {
    execute("INSERT INTO installation (name, value) VALUES ('store-id', '7')");
    store.writeMarker("8");
    assertRefused("The blob store belongs to another database: its marker is 8");
  }

  @Test
  void refusesStoreThatCannotBeWrittenTo() {
    store.broken = "the disk is read-only";
    assertRefused("The blob store cannot be used: the disk is read-only");
  }

  private void check() {
    new StoreCheck(facts, store).check();
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(this::check)
        .withMessageStartingWith(message);
  }

  private void execute(String sql) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A store of which only the marker works. */
  private static final class FakeStore implements BlobStore {
    private @Nullable String marker;
    private @Nullable String broken;

    @Override
    public Optional<String> marker() {
      return Optional.ofNullable(marker);
    }

    @Override
    public void writeMarker(String value) {
      marker = value;
    }

    @Override
    public void checkWritable() {
      if (broken != null) {
        throw new StorageException(StorageException.Kind.MISCONFIGURED, broken, null);
      }
    }

    @Override
    public void checkSpace() {}

    @Override
    public BlobWriter create(UUID upload, Set<DigestAlgorithm> algorithms) {
      throw new UnsupportedOperationException();
    }

    @Override
    public BlobWriter resume(StagedUpload upload) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void discard(UUID upload) {
      throw new UnsupportedOperationException();
    }

    @Override
    public BlobReader open(StorageKey key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(StorageKey key) {
      throw new UnsupportedOperationException();
    }
  }
}
