package io.orlop.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.objectstore.ObjectStore;
import io.orlop.testsupport.objectstore.S3ProxyStore;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The journey on s3proxy, within the test's JVM. */
class S3ProxyIT extends ObjectStoreJourney {
  private Optional<S3ProxyStore> started = Optional.empty();

  @Override
  ObjectStore startStore(Path folder) {
    S3ProxyStore proxy = S3ProxyStore.over(folder);
    started = Optional.of(proxy);
    return proxy;
  }

  @Test
  void answersWithoutItsStoreWhileItsKeysAreWithdrawn() {
    S3ProxyStore proxy = started.orElseThrow();
    RepositoryClient images = orlop().administrator().repository("library/keys");
    byte[] blob = Blobs.random(100_000);
    images.pushBlob(blob);
    proxy.acceptKeys("another", "secret-of-another");
    try {
      assertAnswersWithoutItsStore(images, Digest.of(blob));
      awaitStoreHealth(orlop(), "unhealthy: the blob store cannot be written to");
      orlop().awaitLog(proxy.endpoint() + " does not accept the keys (InvalidAccessKeyId)");
    } finally {
      proxy.acceptKeys(ObjectStore.ACCESS_KEY, ObjectStore.SECRET_KEY);
      awaitStoreHealth(orlop(), "healthy");
    }
    assertThat(images.getBlob(Digest.of(blob)).expect(200).bytes()).isEqualTo(blob);
  }
}
