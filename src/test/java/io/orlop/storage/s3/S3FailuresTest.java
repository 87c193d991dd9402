package io.orlop.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.orlop.storage.BlobStore;
import io.orlop.storage.ParkedDigests;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import io.orlop.storage.StorageKey;
import io.orlop.storage.TestBody;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Answers as stores give them, and what becomes of them. */
class S3FailuresTest {
  private HttpServer server;
  private volatile int status;
  private volatile String code = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              "<Error><Code>%s</Code><Message>no</Message></Error>"
                  .formatted(code)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private BlobStore store() {
    return S3Driver.open(settings().config(), PartSizes.DEFAULT);
  }

  private S3Settings settings() {
    return new S3Settings()
        .with("endpoint", address())
        .with("bucket", "registry")
        .with("access-key", "key")
        .with("secret-key", "secret")
        .with("attempts", "1");
  }

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchBucket, MISCONFIGURED, ORLOP_STORAGE_S3_BUCKET",
    "403, InvalidAccessKeyId, MISCONFIGURED, ORLOP_STORAGE_S3_ACCESS_KEY",
    "403, SignatureDoesNotMatch, MISCONFIGURED, ORLOP_STORAGE_S3_SECRET_KEY",
    "403, AccessDenied, MISCONFIGURED, denies access to bucket registry (AccessDenied)",
    "403, RequestTimeTooSkewed, MISCONFIGURED, clock",
    "301, PermanentRedirect, MISCONFIGURED, ORLOP_STORAGE_S3_REGION",
    "400, AuthorizationHeaderMalformed, MISCONFIGURED, ORLOP_STORAGE_S3_REGION",
    "501, NotImplemented, MISCONFIGURED, NotImplemented",
    "400, RequestTimeout, UNAVAILABLE, too long for our bytes",
    "409, OperationAborted, UNAVAILABLE, status 409 OperationAborted",
    "503, SlowDown, UNAVAILABLE, status 503 SlowDown",
    "500, InternalError, UNAVAILABLE, status 500 InternalError",
    "507, XMinioStorageFull, NO_SPACE, full"
  })
  void saysWhatAnAnswerMeans(int answer, String error, Kind kind, String said) {
    status = answer;
    code = error;
    try (BlobStore store = store()) {
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(store::checkWritable)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
          .withMessageContaining(said)
          .withMessageStartingWith("Cannot write to bucket registry: ");
    }
  }

  @Test
  void saysThatThereIsNothingToSignWith() {
    S3Presigner signer =
        S3Presigner.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(() -> {
              throw SdkClientException.create("the role cannot be assumed");
            })
            .build();
    S3Connection connection = new S3Connection(settings().config());
    S3Parts parts =
        new S3Parts(
            S3Driver.connect(connection, settings().config()),
            BucketLayout.of("/"),
            PartSizes.DEFAULT,
            new PartBuffers(64 << 20, PartSizes.DEFAULT.buffer()),
            new ParkedDigests(1),
            Executors.newVirtualThreadPerTaskExecutor());
    try (BlobStore store =
        new S3BlobStore(
            parts, Optional.of(new TemporaryUrls(signer, "registry", Duration.ofMinutes(1))))) {
      StorageKey key = StorageKey.of(TestBody.digestOf("abc"), "1");

      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> store.temporaryUrl(key))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
          .withMessageContaining("blobs/" + key)
          .withMessageContaining("no credentials to sign with (the role cannot be assumed)");
    }
  }

  @Test
  void saysThatNobodyAnswers() {
    server.stop(0);
    try (BlobStore store = store()) {
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(store::checkWritable)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
          .withMessageContaining(address() + " does not answer");
    }
  }
}
