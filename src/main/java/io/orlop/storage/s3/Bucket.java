package io.orlop.storage.s3;

import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One bucket, in the words of its protocol: objects by their names, whatever they mean. */
final class Bucket {
  static final String OCTETS = "application/octet-stream";
  private static final int DELETED_AT_ONCE = 1_000;

  private final S3Client client;
  private final String name;
  private final Encryption encryption;
  private final @Nullable String storageClass;
  private final @Nullable ChecksumAlgorithm checksum;
  private final S3Failures failures;

  /**
   * Takes a client, which is closed with the bucket.
   *
   * @param storageClass of objects that last
   * @param checksum of parts, if the client computes one
   */
  Bucket(
      S3Client client,
      String name,
      Encryption encryption,
      @Nullable String storageClass,
      @Nullable ChecksumAlgorithm checksum,
      S3Failures failures) {
    this.client = client;
    this.name = name;
    this.encryption = encryption;
    this.storageClass = storageClass;
    this.checksum = checksum;
    this.failures = failures;
  }

  String name() {
    return name;
  }

  S3Client client() {
    return client;
  }

  Encryption encryption() {
    return encryption;
  }

  S3Failures failures() {
    return failures;
  }

  /** How long an object is meant to be there. */
  enum Stay {
    /** Until an upload ends. */
    SHORT,
    /** For good: it gets the configured storage class. */
    LONG
  }

  void put(String key, byte[] bytes, int length, Stay stay) {
    failures.call(
        "write " + key, () -> client.putObject(putRequest(key, stay), body(bytes, length)));
  }

  private PutObjectRequest putRequest(String key, Stay stay) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(name)
            .key(key)
            .contentType(OCTETS)
            .storageClass(stay == Stay.LONG ? storageClass : null);
    encryption.on(request);
    return request.build();
  }

  /** Sends bytes where they are, without a copy. */
  static RequestBody body(byte[] bytes, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, length), length, OCTETS);
  }

  /** Returns an object's size; empty if there is none. */
  OptionalLong size(String key) {
    HeadObjectRequest.Builder request = HeadObjectRequest.builder().bucket(name).key(key);
    encryption.on(request);
    try {
      return OptionalLong.of(client.headObject(request.build()).contentLength());
    } catch (SdkException e) {
      if (S3Failures.isMissing(e)) {
        requireBucket("look for " + key);
        return OptionalLong.empty();
      }
      throw failures.translate("look for " + key, e);
    }
  }

  /** A HEAD's 404 has no body that says what is missing. */
  private void requireBucket(String what) {
    try {
      client.headBucket(request -> request.bucket(name));
    } catch (SdkException e) {
      if (S3Failures.isMissing(e)) {
        throw failures.missingBucket(what, e);
      }
      throw failures.translate(what, e);
    }
  }

  /** Begins to read a part of an object that is not empty. */
  ResponseInputStream<GetObjectResponse> get(String key, long offset, long length) {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder()
            .bucket(name)
            .key(key)
            .range("bytes=" + offset + "-" + (offset + length - 1));
    encryption.on(request);
    return failures.call("read " + key, () -> client.getObject(request.build()));
  }

  /** Reads a small object as a whole. */
  byte[] read(String key) {
    GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(name).key(key);
    encryption.on(request);
    return failures
        .call("read " + key, () -> client.getObjectAsBytes(request.build()))
        .asByteArrayUnsafe();
  }

  /** Reads a part of an object into memory. */
  void read(String key, byte[] target, int length) {
    try (var stream = get(key, 0, length)) {
      if (stream.readNBytes(target, 0, length) < length) {
        throw failures.failed(Kind.NOT_FOUND, "read " + key, "it is shorter than it was", null);
      }
    } catch (IOException e) {
      throw failures.failed(Kind.UNAVAILABLE, "read " + key, "the connection broke", e);
    }
  }

  /** Copies an object within the store. */
  void copy(String source, String target) {
    CopyObjectRequest.Builder request =
        CopyObjectRequest.builder()
            .sourceBucket(name)
            .sourceKey(source)
            .destinationBucket(name)
            .destinationKey(target)
            .storageClass(storageClass);
    encryption.on(request);
    failures.call("copy " + source + " to " + target, () -> client.copyObject(request.build()));
  }

  /** Begins an object of several parts. */
  MultipartObject begin(String key, Stay stay) {
    CreateMultipartUploadRequest.Builder request =
        CreateMultipartUploadRequest.builder()
            .bucket(name)
            .key(key)
            .contentType(OCTETS)
            .storageClass(stay == Stay.LONG ? storageClass : null)
            // Parts come with checksums, and their list too: the store has to know of which kind.
            .checksumAlgorithm(checksum);
    encryption.on(request);
    String id =
        failures
            .call("begin " + key, () -> client.createMultipartUpload(request.build()))
            .uploadId();
    return new MultipartObject(this, key, id);
  }

  /** Deletes objects, as many in one request as it takes. */
  void delete(List<String> keys) {
    if (keys.size() == 1) {
      String key = keys.getFirst();
      failures.call("delete " + key, () -> client.deleteObject(r -> r.bucket(name).key(key)));
      return;
    }
    for (int from = 0; from < keys.size(); from += DELETED_AT_ONCE) {
      deleteSome(keys.subList(from, Math.min(keys.size(), from + DELETED_AT_ONCE)));
    }
  }

  private void deleteSome(List<String> keys) {
    List<ObjectIdentifier> objects =
        keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
    DeleteObjectsResponse answer =
        failures.call(
            "delete " + keys.size() + " objects",
            () ->
                client.deleteObjects(
                    r -> r.bucket(name).delete(d -> d.objects(objects).quiet(true))));
    if (answer.hasErrors() && !answer.errors().isEmpty()) {
      var first = answer.errors().getFirst();
      throw failures.failed(
          Kind.UNAVAILABLE, "delete " + first.key(), "the store says " + first.code(), null);
    }
  }

  /** Calls with every object below a prefix, in the order of names. */
  void list(String prefix, Consumer<Stream<S3Object>> reader) {
    failures.call(
        "list " + prefix,
        () -> {
          reader.accept(
              client
                  .listObjectsV2Paginator(r -> r.bucket(name).prefix(prefix))
                  .contents()
                  .stream());
          return prefix;
        });
  }

  /** Returns the multipart uploads below a prefix that are neither complete nor aborted. */
  List<MultipartUpload> unfinished(String prefix) {
    return failures.call(
        "list what is unfinished below " + prefix,
        () ->
            client
                .listMultipartUploadsPaginator(r -> r.bucket(name).prefix(prefix))
                .uploads()
                .stream()
                .toList());
  }

  void abort(String key, String upload) {
    new MultipartObject(this, key, upload).abort();
  }

  /** Tries out writing and deleting, without patience. */
  void probe(String key, Duration patience) {
    PutObjectRequest request =
        putRequest(key, Stay.SHORT).toBuilder()
            .overrideConfiguration(o -> o.apiCallTimeout(patience))
            .build();
    byte[] text = {};
    failures.call("write to bucket " + name, () -> client.putObject(request, body(text, 0)));
    failures.call(
        "delete from bucket " + name,
        () ->
            client.deleteObject(r ->
                r.bucket(name).key(key).overrideConfiguration(o -> o.apiCallTimeout(patience))));
  }

  void close() {
    client.close();
  }

  /** What a stream of the store that broke off means. */
  StorageException broken(String key, IOException cause) {
    return failures.failed(
        Kind.UNAVAILABLE, "read " + key, "the connection to the store broke off", cause);
  }
}
