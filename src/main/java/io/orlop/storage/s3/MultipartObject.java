package io.orlop.storage.s3;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * An object that is put together from parts. It is not there until it is complete.
 *
 * @param upload the id that the store gave it
 */
record MultipartObject(Bucket bucket, String key, String upload) {

  /** Sends a part. */
  CompletedPart send(int number, byte[] bytes, int length) {
    UploadPartRequest.Builder request =
        UploadPartRequest.builder()
            .bucket(bucket.name())
            .key(key)
            .uploadId(upload)
            .partNumber(number);
    bucket.encryption().on(request);
    UploadPartResponse answer =
        bucket
            .failures()
            .call(
                "write part " + number + " of " + key,
                () -> bucket.client().uploadPart(request.build(), Bucket.body(bytes, length)));
    return part(number, answer.eTag(), answer.checksumCRC32());
  }

  /** Copies a part from another object. */
  CompletedPart copy(int number, String source, long offset, long length) {
    UploadPartCopyRequest.Builder request =
        UploadPartCopyRequest.builder()
            .sourceBucket(bucket.name())
            .sourceKey(source)
            .copySourceRange("bytes=" + offset + "-" + (offset + length - 1))
            .destinationBucket(bucket.name())
            .destinationKey(key)
            .uploadId(upload)
            .partNumber(number);
    bucket.encryption().on(request);
    CopyPartResult answer =
        bucket
            .failures()
            .call(
                "copy " + source + " into " + key,
                () -> bucket.client().uploadPartCopy(request.build()))
            .copyPartResult();
    return part(number, answer.eTag(), answer.checksumCRC32());
  }

  private static CompletedPart part(int number, String tag, @Nullable String checksum) {
    return CompletedPart.builder().partNumber(number).eTag(tag).checksumCRC32(checksum).build();
  }

  /**
   * Makes the object of its parts. An answer that got lost makes the SDK ask again, and then the
   * upload is unknown although all is well.
   *
   * @param size how many bytes the object has then
   */
  void complete(List<CompletedPart> parts, long size) {
    List<CompletedPart> inOrder =
        parts.stream().sorted(Comparator.comparing(CompletedPart::partNumber)).toList();
    CompleteMultipartUploadRequest.Builder request =
        CompleteMultipartUploadRequest.builder()
            .bucket(bucket.name())
            .key(key)
            .uploadId(upload)
            .multipartUpload(m -> m.parts(inOrder));
    bucket.encryption().on(request);
    try {
      bucket.client().completeMultipartUpload(request.build());
    } catch (SdkException e) {
      if (!S3Failures.isMissing(e) || !bucket.size(key).equals(OptionalLong.of(size))) {
        throw bucket.failures().translate("complete " + key, e);
      }
    }
  }

  /** Drops all parts. Does nothing when it is complete or dropped already. */
  void abort() {
    try {
      bucket.client().abortMultipartUpload(r -> r.bucket(bucket.name()).key(key).uploadId(upload));
    } catch (SdkException e) {
      if (!S3Failures.isMissing(e)) {
        throw bucket.failures().translate("abort " + key, e);
      }
    }
  }
}
