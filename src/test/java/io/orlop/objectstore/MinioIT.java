package io.orlop.objectstore;

import io.orlop.testsupport.objectstore.MinioStore;
import io.orlop.testsupport.objectstore.ObjectStore;
import java.nio.file.Path;

/** The journey on MinIO, where it is installed. */
class MinioIT extends ObjectStoreJourney {
  @Override
  ObjectStore startStore(Path folder) {
    return MinioStore.over(folder);
  }
}
