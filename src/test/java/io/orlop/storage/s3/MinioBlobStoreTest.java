package io.orlop.storage.s3;

import io.orlop.testsupport.objectstore.MinioStore;
import io.orlop.testsupport.objectstore.ObjectStore;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The store on MinIO, where it is installed. */
class MinioBlobStoreTest extends S3BlobStoreContract {
  @TempDir private static Path folder;

  private static Optional<ObjectStore> server = Optional.empty();

  @BeforeAll
  static void startServer() {
    server = Optional.of(MinioStore.over(folder));
  }

  @AfterAll
  static void stopServer() {
    server.ifPresent(ObjectStore::close);
  }

  @Override
  ObjectStore server() {
    return server.orElseThrow();
  }

  @Override
  boolean listsUnfinishedUploads() {
    return false;
  }
}
