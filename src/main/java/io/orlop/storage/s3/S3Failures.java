package io.orlop.storage.s3;

import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says what a failure of the SDK means, by its type, its status and S3's error code. */
final class S3Failures {
  private static final Set<String> WRONG_KEYS =
      Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken");
  private static final Set<String> FULL =
      Set.of("XMinioStorageFull", "QuotaExceeded", "XMinioAdminBucketQuotaExceeded");

  private final String store;
  private final String bucket;

  /**
   * Knows the names to put into messages.
   *
   * @param store where the store is
   */
  S3Failures(String store, String bucket) {
    this.store = store;
    this.bucket = bucket;
  }

  /** What is done with the store; the SDK throws no checked exceptions. */
  <T> T call(String what, Supplier<T> operation) {
    try {
      return operation.get();
    } catch (SdkException e) {
      throw translate(what, e);
    }
  }

  /**
   * Translates a failure.
   *
   * @param what what was tried, after "Cannot"
   */
  StorageException translate(String what, SdkException failure) {
    if (failure instanceof S3Exception answer) {
      return answered(what, answer);
    }
    return failed(
        Kind.UNAVAILABLE,
        what,
        store
            + " does not answer ("
            + failure.getMessage()
            + "). See that it runs and is reachable",
        failure);
  }

  private StorageException answered(String what, S3Exception answer) {
    String code = codeOf(answer).orElse("");
    if (answer instanceof NoSuchBucketException || code.equals("NoSuchBucket")) {
      return missingBucket(what, answer);
    }
    if (code.equals("RequestTimeout")) {
      return failed(Kind.UNAVAILABLE, what, store + " has waited too long for our bytes", answer);
    }
    if (FULL.contains(code) || answer.statusCode() == 507) {
      return failed(Kind.NO_SPACE, what, "the store is full", answer);
    }
    return switch (answer.statusCode()) {
      case 301, 307 -> wrongRegion(what, answer);
      case 400 ->
          code.equals("AuthorizationHeaderMalformed")
              ? wrongRegion(what, answer)
              : refused(what, answer, code);
      case 401, 403 -> denied(what, answer, code);
      case 404 -> failed(Kind.NOT_FOUND, what, "there is no such object", answer);
      case 405, 501 -> refused(what, answer, code);
      default ->
          failed(
              Kind.UNAVAILABLE,
              what,
              store + " answers with status " + answer.statusCode() + " " + code,
              answer);
    };
  }

  StorageException missingBucket(String what, Exception cause) {
    return failed(
        Kind.MISCONFIGURED,
        what,
        "there is no bucket "
            + bucket
            + " at "
            + store
            + ". Create it, or correct ORLOP_STORAGE_S3_BUCKET",
        cause);
  }

  /** Those that were found at the start are asked for again when they expire. */
  StorageException unsigned(String key, SdkException cause) {
    return failed(
        Kind.UNAVAILABLE,
        "sign an address of " + key,
        "there are no credentials to sign with (" + cause.getMessage() + ")",
        cause);
  }

  private StorageException denied(String what, S3Exception answer, String code) {
    if (code.equals("RequestTimeTooSkewed")) {
      return failed(
          Kind.MISCONFIGURED,
          what,
          "this machine's clock differs from the store's by too much",
          answer);
    }
    return WRONG_KEYS.contains(code)
        ? failed(
            Kind.MISCONFIGURED,
            what,
            store
                + " does not accept the keys ("
                + code
                + "). Correct ORLOP_STORAGE_S3_ACCESS_KEY and ORLOP_STORAGE_S3_SECRET_KEY, or what"
                + " the default credential chain finds",
            answer)
        : failed(
            Kind.MISCONFIGURED,
            what,
            store
                + " denies access to bucket "
                + bucket
                + (code.isEmpty() ? "" : " (" + code + ")")
                + ". See that the keys are right and their policy allows it",
            answer);
  }

  private StorageException wrongRegion(String what, S3Exception answer) {
    return failed(
        Kind.MISCONFIGURED,
        what,
        "bucket "
            + bucket
            + " is in another region or at another address. Correct"
            + " ORLOP_STORAGE_S3_REGION or ORLOP_STORAGE_S3_ENDPOINT",
        answer);
  }

  private StorageException refused(String what, S3Exception answer, String code) {
    return failed(
        Kind.MISCONFIGURED,
        what,
        store
            + " refuses with status "
            + answer.statusCode()
            + " "
            + code
            + ": "
            + answer.getMessage(),
        answer);
  }

  StorageException failed(Kind kind, String what, String reason, @Nullable Exception cause) {
    return new StorageException(kind, "Cannot " + what + ": " + reason + ".", cause);
  }

  static boolean isMissing(SdkException failure) {
    return failure instanceof S3Exception answer
        && answer.statusCode() == 404
        && !codeOf(answer).orElse("").equals("NoSuchBucket");
  }

  private static Optional<String> codeOf(S3Exception answer) {
    return Optional.ofNullable(answer.awsErrorDetails()).map(AwsErrorDetails::errorCode);
  }
}
