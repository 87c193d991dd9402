package io.orlop.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.utils.AttributeMap;

/** What every kind of request says besides its name and its bytes. Nothing leaves this process. */
class RequestHeadersTest {
  private static final String SERVER_SIDE = "x-amz-server-side-encryption";
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final String KEY_MD5 = "KYvwGXoFFJ42a2u2GDWhwQ==";
  private static final byte[] BYTE = {7};

  /** Requests that make an object. */
  private static final Set<String> MAKING =
      Set.of("PutObject", "CreateMultipartUpload", "CopyObject");

  /** Requests that read an object besides the one that they write. */
  private static final Set<String> COPYING = Set.of("CopyObject", "UploadPartCopy");

  /** The headers of each request, by operation. */
  private final Map<String, Map<String, String>> requests = new TreeMap<>();

  /** The operation that is under way. */
  private String current = "";

  private final Map<String, String> answers =
      Map.of(
          "CreateMultipartUpload",
          "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>",
          "UploadPartCopy",
          "<CopyPartResult><ETag>\"2\"</ETag></CopyPartResult>",
          "CopyObject",
          "<CopyObjectResult><ETag>\"3\"</ETag></CopyObjectResult>",
          "CompleteMultipartUpload",
          "<CompleteMultipartUploadResult><Key>k</Key></CompleteMultipartUploadResult>",
          "DeleteObjects",
          "<DeleteResult/>");

  private static S3Settings elsewhere() {
    return new S3Settings()
        .with("endpoint", "https://s3.example.com:9000")
        .with("bucket", "registry")
        .with("access-key", "key")
        .with("secret-key", "secret");
  }

  private static S3Settings amazon() {
    return elsewhere().with("endpoint", "").with("region", "eu-central-1");
  }

  private static S3Settings encrypting(S3Settings settings, EncryptionType type) {
    return settings
        .with("encryption", type.name().toLowerCase(Locale.ROOT))
        .with("kms-key", type == EncryptionType.KMS ? "key-7" : "")
        .with("customer-key", type == EncryptionType.CUSTOMER ? KEY : "");
  }

  @ParameterizedTest
  @EnumSource
  void everyRequestAsksForEncryptionAsItsKindMay(EncryptionType type) {
    for (S3Settings settings : List.of(elsewhere(), amazon())) {
      requests.clear();
      sendOneOfEachKind(encrypting(settings, type), Bucket.Stay.LONG);

      assertThat(requests.keySet())
          .containsExactlyInAnyOrder(
              "PutObject",
              "HeadObject",
              "GetObject",
              "CopyObject",
              "CreateMultipartUpload",
              "UploadPart",
              "UploadPartCopy",
              "CompleteMultipartUpload",
              "DeleteObjects");
      requests.forEach((operation, headers) ->
          assertThat(only(headers, "server-side-encryption"))
              .as(operation)
              .isEqualTo(encryption(type, operation)));
    }
  }

  private static Map<String, String> encryption(EncryptionType type, String operation) {
    return switch (type) {
      case NONE -> Map.of();
      case S3 -> MAKING.contains(operation) ? Map.of(SERVER_SIDE, "AES256") : Map.of();
      case KMS ->
          MAKING.contains(operation)
              ? Map.of(SERVER_SIDE, "aws:kms", SERVER_SIDE + "-aws-kms-key-id", "key-7")
              : Map.of();
      case CUSTOMER -> operation.equals("DeleteObjects") ? Map.of() : customer(operation);
    };
  }

  private static Map<String, String> customer(String operation) {
    Map<String, String> headers = new HashMap<>(customerKey(SERVER_SIDE));
    if (COPYING.contains(operation)) {
      headers.putAll(customerKey("x-amz-copy-source-server-side-encryption"));
    }
    return headers;
  }

  private static Map<String, String> customerKey(String header) {
    return Map.of(
        header + "-customer-algorithm",
        "AES256",
        header + "-customer-key",
        KEY,
        header + "-customer-key-md5",
        KEY_MD5);
  }

  @ParameterizedTest
  @CsvSource({"SHORT, CopyObject", "LONG, CopyObject PutObject CreateMultipartUpload"})
  void onlyWhatLastsGetsTheStorageClass(Bucket.Stay stay, String operations) {
    sendOneOfEachKind(amazon(), stay);

    requests.forEach((operation, headers) ->
        assertThat(only(headers, "storage-class"))
            .as(operation)
            .isEqualTo(
                List.of(operations.split(" ")).contains(operation)
                    ? Map.of("x-amz-storage-class", "GLACIER_IR")
                    : Map.of()));
  }

  /** Many look-alikes know no checksums in trailers; that of a list to delete is required. */
  @Test
  void aLookAlikeIsNotBotheredWithChecksums() {
    sendOneOfEachKind(elsewhere(), Bucket.Stay.LONG);

    assertThat(requests.remove("DeleteObjects")).containsKey("content-md5");
    requests.forEach((operation, headers) -> {
      assertThat(only(headers, "checksum", "trailer", "content-encoding", "content-md5"))
          .as(operation)
          .isEmpty();
      assertThat(headers.get("x-amz-content-sha256")).as(operation).doesNotContain("STREAMING");
    });
  }

  @Test
  void amazonGetsAndGivesTheChecksumsOfTheSdk() {
    sendOneOfEachKind(amazon(), Bucket.Stay.LONG);

    for (String operation : List.of("PutObject", "UploadPart")) {
      assertThat(requests.get(operation))
          .as(operation)
          .containsEntry("x-amz-sdk-checksum-algorithm", "CRC32")
          .containsEntry("x-amz-trailer", "x-amz-checksum-crc32");
    }
    assertThat(requests.get("CreateMultipartUpload"))
        .containsEntry("x-amz-checksum-algorithm", "CRC32");
    assertThat(requests.get("DeleteObjects")).containsKey("x-amz-checksum-crc32");
  }

  /** Returns the headers whose name contains one of some words. */
  private static Map<String, String> only(Map<String, String> headers, String... words) {
    Map<String, String> found = new HashMap<>(headers);
    found.keySet().removeIf(name -> List.of(words).stream().noneMatch(name::contains));
    return found;
  }

  private void sendOneOfEachKind(S3Settings settings, Bucket.Stay stay) {
    S3Connection connection = new S3Connection(settings.config());
    S3Client client =
        connection
            .clientBuilder()
            .httpClientBuilder(new Nobody())
            .overrideConfiguration(o -> o.addExecutionInterceptor(new Watcher()))
            .build();
    Bucket bucket =
        new Bucket(
            client,
            "registry",
            connection.encryption(),
            "GLACIER_IR",
            connection.partChecksum().orElse(null),
            new S3Failures("s3", "registry"));
    bucket.put("piece", BYTE, 1, stay);
    assertThat(bucket.size("piece")).hasValue(1);
    assertThat(bucket.read("piece")).isEqualTo(BYTE);
    bucket.copy("piece", "blob");
    MultipartObject object = bucket.begin("blob", stay);
    CompletedPart sent = object.send(1, BYTE, 1);
    object.complete(List.of(object.copy(2, "piece", 0, 1), sent), 2);
    bucket.delete(List.of("piece", "blob"));
    bucket.close();
  }

  /** Notes what is sent, as it is signed. */
  private final class Watcher implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      Map<String, String> headers = new HashMap<>();
      context
          .httpRequest()
          .forEachHeader((name, values) ->
              headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
      current = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
      requests.put(current, headers);
    }
  }

  /** Answers as a store that does whatever it is asked. */
  private final class Nobody implements SdkHttpClient, SdkHttpClient.Builder<Nobody> {
    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return this;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      byte[] body =
          current.equals("GetObject")
              ? BYTE
              : answers.getOrDefault(current, "").getBytes(StandardCharsets.UTF_8);
      SdkHttpFullResponse answer =
          SdkHttpFullResponse.builder()
              .statusCode(200)
              .putHeader("ETag", "\"1\"")
              .putHeader("Content-Length", current.equals("HeadObject") ? "1" : "" + body.length)
              .build();
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(answer)
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
              .build();
        }

        @Override
        public void abort() {
          // Nothing is under way.
        }
      };
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
