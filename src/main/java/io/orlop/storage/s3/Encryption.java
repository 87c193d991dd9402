package io.orlop.storage.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Asks the store to encrypt. The SDK leaves out of a request what is null.
 *
 * @param mode what is asked of the store for new objects
 * @param kmsKey the key of its key service
 * @param customerKey our own key, in base64
 * @param customerKeyMd5 its checksum, in base64
 */
record Encryption(
    @Nullable ServerSideEncryption mode,
    @Nullable String kmsKey,
    @Nullable String customerKey,
    @Nullable String customerKeyMd5) {
  static final Encryption NONE = new Encryption(null, null, null, null);
  private static final int KEY_LENGTH = 32;

  static Encryption byStore() {
    return new Encryption(ServerSideEncryption.AES256, null, null, null);
  }

  static Encryption byKeyService(@Nullable String key) {
    return new Encryption(ServerSideEncryption.AWS_KMS, key, null, null);
  }

  /**
   * Sends a key with every request.
   *
   * @param key in base64
   * @throws IllegalArgumentException if it is not 32 bytes in base64
   */
  static Encryption byCustomer(String key) {
    byte[] bytes = Base64.getDecoder().decode(key.strip());
    if (bytes.length != KEY_LENGTH) {
      throw new IllegalArgumentException("The key has " + bytes.length + " bytes, not 32");
    }
    return new Encryption(null, null, key.strip(), md5(bytes));
  }

  private static String md5(byte[] key) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(key));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has MD5", e);
    }
  }

  private @Nullable String customerAlgorithm() {
    return customerKey == null ? null : "AES256";
  }

  void on(PutObjectRequest.Builder request) {
    request
        .serverSideEncryption(mode)
        .ssekmsKeyId(kmsKey)
        .sseCustomerAlgorithm(customerAlgorithm())
        .sseCustomerKey(customerKey)
        .sseCustomerKeyMD5(customerKeyMd5);
  }

  void on(CreateMultipartUploadRequest.Builder request) {
    request
        .serverSideEncryption(mode)
        .ssekmsKeyId(kmsKey)
        .sseCustomerAlgorithm(customerAlgorithm())
        .sseCustomerKey(customerKey)
        .sseCustomerKeyMD5(customerKeyMd5);
  }

  void on(UploadPartRequest.Builder request) {
    request
        .sseCustomerAlgorithm(customerAlgorithm())
        .sseCustomerKey(customerKey)
        .sseCustomerKeyMD5(customerKeyMd5);
  }

  /**
   * Amazon wants the key again where parts have checksums, or a policy of the bucket asks for it.
   */
  void on(CompleteMultipartUploadRequest.Builder request) {
    request
        .sseCustomerAlgorithm(customerAlgorithm())
        .sseCustomerKey(customerKey)
        .sseCustomerKeyMD5(customerKeyMd5);
  }

  void on(CopyObjectRequest.Builder request) {
    request
        .serverSideEncryption(mode)
        .ssekmsKeyId(kmsKey)
        .sseCustomerAlgorithm(customerAlgorithm())
        .sseCustomerKey(customerKey)
        .sseCustomerKeyMD5(customerKeyMd5)
        .copySourceSSECustomerAlgorithm(customerAlgorithm())
        .copySourceSSECustomerKey(customerKey)
        .copySourceSSECustomerKeyMD5(customerKeyMd5);
  }

  void on(UploadPartCopyRequest.Builder request) {
    request
        .sseCustomerAlgorithm(customerAlgorithm())
        .sseCustomerKey(customerKey)
        .sseCustomerKeyMD5(customerKeyMd5)
        .copySourceSSECustomerAlgorithm(customerAlgorithm())
        .copySourceSSECustomerKey(customerKey)
        .copySourceSSECustomerKeyMD5(customerKeyMd5);
  }

  void on(GetObjectRequest.Builder request) {
    request
        .sseCustomerAlgorithm(customerAlgorithm())
        .sseCustomerKey(customerKey)
        .sseCustomerKeyMD5(customerKeyMd5);
  }

  void on(HeadObjectRequest.Builder request) {
    request
        .sseCustomerAlgorithm(customerAlgorithm())
        .sseCustomerKey(customerKey)
        .sseCustomerKeyMD5(customerKeyMd5);
  }

  @Override
  public String toString() {
    return "Encryption"; // Never shows the key.
  }
}
