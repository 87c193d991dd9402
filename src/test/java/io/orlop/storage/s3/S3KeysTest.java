package io.orlop.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.storage.BlobReader;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import io.orlop.storage.StorageKey;
import io.orlop.storage.TestBody;
import io.orlop.testsupport.objectstore.ObjectStore;
import io.orlop.testsupport.objectstore.S3ProxyStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that a store does not accept, from the beginning or any more, and keys that nobody has. */
class S3KeysTest {
  private static final StorageKey KEY = StorageKey.of(TestBody.digestOf("abc"), "1");

  /** Where the default chain looks besides the environment, which the build clears. */
  private static final Map<String, String> NOWHERE =
      Map.of(
          "aws.sharedCredentialsFile",
          "/nowhere/credentials",
          "aws.configFile",
          "/nowhere/config",
          "aws.disableEc2Metadata",
          "true");

  @TempDir private Path folder;

  private S3ProxyStore server;

  @BeforeEach
  void start() {
    server = S3ProxyStore.over(folder);
    server.createBucket("registry");
    NOWHERE.forEach(System::setProperty);
  }

  @AfterEach
  void stop() {
    NOWHERE.keySet().forEach(System::clearProperty);
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    server.close();
  }

  private S3Settings settings() {
    return S3Settings.of(server, "registry");
  }

  private static void assertRefused(ThrowingCallable call, String... said) {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.MISCONFIGURED))
        .satisfies(e -> assertThat(e.getMessage()).contains(said));
  }

  @ParameterizedTest
  @CsvSource({
    "access-key, InvalidAccessKeyId",
    "secret-key, SignatureDoesNotMatch",
  })
  void saysThatAKeyIsWrong(String setting, String code) {
    try (S3BlobStore store =
        S3Driver.open(settings().with(setting, "wrong").config(), PartSizes.DEFAULT)) {
      assertRefused(
          store::checkWritable,
          server.endpoint() + " does not accept the keys (" + code + ")",
          "ORLOP_STORAGE_S3_ACCESS_KEY and ORLOP_STORAGE_S3_SECRET_KEY");
    }
  }

  /** A look's answer has no body that says why: what cannot be seen must not count as missing. */
  @Test
  void takesNothingForMissingWhenItsKeysAreWithdrawn() throws IOException {
    try (S3BlobStore store = S3Driver.open(settings().config(), PartSizes.DEFAULT)) {
      store.put(KEY, 3, TestBody.text("abc"));
      store.writeMarker("database 1");
      server.acceptKeys("another", "secret-of-another");

      assertRefused(() -> store.put(KEY, 3, TestBody.text("abc")), "does not accept the keys");
      assertRefused(() -> read(store), "does not accept the keys");
      assertRefused(store::checkWritable, "does not accept the keys");
      assertRefused(() -> store.delete(KEY), "does not accept the keys");
      assertRefused(() -> store.size(KEY), "denies access to bucket registry");
      assertRefused(store::marker, "denies access to bucket registry");

      server.acceptKeys(ObjectStore.ACCESS_KEY, ObjectStore.SECRET_KEY);
      assertThat(read(store)).isEqualTo("abc");
      assertThat(store.marker()).contains("database 1");
      try (BlobWriter writer = store.create(UUID.randomUUID(), Set.of())) {
        writer.append(TestBody.text("abc"));
        assertThat(store.size(writer.commit(TestBody.digestOf("abc")))).hasValue(3);
      }
    }
  }

  private static String read(S3BlobStore store) throws IOException {
    try (BlobReader reader = store.open(KEY, 3);
        var stream = reader.stream(0, 3)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void saysThatNoKeysAreFound() {
    S3Settings none = settings().with("access-key", "").with("secret-key", "");

    assertRefused(
        () -> S3Driver.open(none.config(), PartSizes.DEFAULT),
        "No credentials were found. Set ORLOP_STORAGE_S3_ACCESS_KEY and ORLOP_STORAGE_S3_SECRET_KEY",
        "default credential chain");
  }

  @Test
  void saysThatNoRegionIsFound() {
    S3Settings none = settings().with("endpoint", "");

    assertRefused(
        () -> S3Driver.open(none.config(), PartSizes.DEFAULT), "Set ORLOP_STORAGE_S3_REGION");
  }

  @Test
  void takesTheKeysThatTheChainFinds() {
    System.setProperty("aws.accessKeyId", ObjectStore.ACCESS_KEY);
    System.setProperty("aws.secretAccessKey", ObjectStore.SECRET_KEY);
    S3Settings none = settings().with("access-key", "").with("secret-key", "");

    try (S3BlobStore store = S3Driver.open(none.config(), PartSizes.DEFAULT)) {
      store.checkWritable();
    }
  }
}
