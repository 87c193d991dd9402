package io.orlop.storage.s3;

import io.orlop.storage.AbstractBlobStoreTest;
import io.orlop.storage.BlobStore;
import io.orlop.testsupport.objectstore.S3ProxyStore;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class S3BlobStoreTest extends AbstractBlobStoreTest {
  @TempDir private static Path folder;

  private static S3ProxyStore server;

  private final String bucket = "orlop-" + UUID.randomUUID();
  private boolean created;

  @BeforeAll
  static void startServer() {
    server = S3ProxyStore.over(folder);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  protected BlobStore openStore() {
    if (!created) {
      server.createBucket(bucket);
      created = true;
    }
    return S3Driver.open(S3Settings.of(server, bucket).config(), PartSizes.DEFAULT);
  }
}
