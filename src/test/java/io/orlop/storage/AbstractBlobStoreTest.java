package io.orlop.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, whatever it is made of. */
public abstract class AbstractBlobStoreTest
    implements StoringContract, DigestContract, UploadContract, ReadingContract, CopyingContract {
  private BlobStore store;

  /** Opens the store that belongs to the running test, with all that was stored in it before. */
  protected abstract BlobStore openStore() throws IOException;

  @BeforeEach
  void open() throws IOException {
    store = openStore();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public final BlobStore store() {
    return store;
  }

  @Override
  public final void reopen() throws IOException {
    store.close();
    store = openStore();
  }

  @Test
  void hasNoMarkerAtFirst() {
    assertThat(store.marker()).isEmpty();
  }

  @Test
  void keepsItsMarker() throws IOException {
    store.writeMarker("database 1");
    store.writeMarker("db 2");
    reopen();

    assertThat(store.marker()).contains("db 2");
  }

  @Test
  void findsItselfWritable() {
    store.checkWritable();

    assertThat(store.stagedBefore(Instant.now().plus(1, ChronoUnit.DAYS), 10)).isEmpty();
  }

  @Test
  void hasRoomForUploads() {
    store.checkSpace();
  }
}
