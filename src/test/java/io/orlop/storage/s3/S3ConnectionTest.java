package io.orlop.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import io.orlop.storage.StorageKey;
import io.orlop.storage.TestBody;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3ConnectionTest {
  private static final StorageKey KEY = StorageKey.of(TestBody.digestOf("abc"), "1");

  private static S3Settings settings() {
    return new S3Settings()
        .with("endpoint", "https://s3.example.com:9000")
        .with("bucket", "registry")
        .with("access-key", "key")
        .with("secret-key", "secret");
  }

  private static URI redirect(S3Settings settings) {
    return S3Driver.open(settings.with("redirect", "on").config(), PartSizes.DEFAULT)
        .temporaryUrl(KEY)
        .orElseThrow();
  }

  @Test
  void redirectsNobodyUnlessAskedTo() {
    assertThat(S3Driver.open(settings().config(), PartSizes.DEFAULT).temporaryUrl(KEY)).isEmpty();
  }

  @Test
  void signsForTheEndpointByPath() {
    assertThat(redirect(settings().with("prefix", "/a/b/")))
        .asString()
        .startsWith("https://s3.example.com:9000/registry/a/b/blobs/" + KEY + "?")
        .contains("X-Amz-Signature=", "X-Amz-Expires=1200", "X-Amz-SignedHeaders=host");
  }

  @Test
  void signsForTheAddressThatClientsKnow() {
    assertThat(
            redirect(
                settings()
                    .with("public-endpoint", "https://cdn.example.com")
                    .with("path-style", "off")))
        .asString()
        .startsWith("https://registry.cdn.example.com/blobs/" + KEY + "?");
  }

  @Test
  void signsForAmazonWithoutAnEndpoint() {
    S3Settings amazon =
        new S3Settings()
            .with("bucket", "registry")
            .with("region", "eu-central-1")
            .with("access-key", "key")
            .with("secret-key", "secret");

    assertThat(redirect(amazon))
        .asString()
        .startsWith("https://registry.s3.eu-central-1.amazonaws.com/blobs/" + KEY + "?");
  }

  @ParameterizedTest
  @CsvSource({
    "bucket, , ORLOP_STORAGE_S3_BUCKET",
    "endpoint, s3.example.com, ORLOP_STORAGE_S3_ENDPOINT",
    "endpoint, ftp://s3.example.com, ORLOP_STORAGE_S3_ENDPOINT",
    "secret-key, , ORLOP_STORAGE_S3_SECRET_KEY",
    "encryption, customer, ORLOP_STORAGE_S3_REDIRECT",
    "redirect-lifetime, P8D, ORLOP_STORAGE_S3_REDIRECT_LIFETIME",
    "public-endpoint, elsewhere, ORLOP_STORAGE_S3_PUBLIC_ENDPOINT",
  })
  void saysWhichSettingIsWrong(String setting, String value, String named) {
    S3Settings wrong = settings().with(setting, value == null ? "" : value);

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> redirect(wrong))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.MISCONFIGURED))
        .withMessageContaining(named);
  }

  @ParameterizedTest
  @CsvSource({"''", "c2hvcnQ=", "not base64"})
  void refusesAKeyOfItsOwnThatIsNone(String key) {
    S3Settings wrong = settings().with("encryption", "customer").with("customer-key", key);

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> S3Driver.open(wrong.config(), PartSizes.DEFAULT))
        .withMessageContaining("ORLOP_STORAGE_S3_CUSTOMER_KEY");
  }
}
