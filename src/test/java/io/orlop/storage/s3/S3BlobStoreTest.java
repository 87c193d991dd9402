package io.orlop.storage.s3;

import io.orlop.testsupport.objectstore.ObjectStore;
import io.orlop.testsupport.objectstore.S3ProxyStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The store on s3proxy. */
class S3BlobStoreTest extends S3BlobStoreContract {
  @TempDir private static Path folder;

  private static ObjectStore server;

  @BeforeAll
  static void startServer() {
    server = S3ProxyStore.over(folder);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  ObjectStore server() {
    return server;
  }

  @Override
  boolean listsUnfinishedUploads() {
    return true;
  }
}
