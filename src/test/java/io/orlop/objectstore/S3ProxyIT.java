package io.orlop.objectstore;

import io.orlop.testsupport.objectstore.ObjectStore;
import io.orlop.testsupport.objectstore.S3ProxyStore;
import java.nio.file.Path;

/** The journey on s3proxy, within the test's JVM. */
class S3ProxyIT extends ObjectStoreJourney {
  @Override
  ObjectStore startStore(Path folder) {
    return S3ProxyStore.over(folder);
  }
}
