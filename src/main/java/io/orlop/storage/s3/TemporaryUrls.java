package io.orlop.storage.s3;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Signs addresses of objects; asks nobody for it.
 *
 * @param lifetime how long an address can be used
 */
record TemporaryUrls(S3Presigner signer, String bucket, Duration lifetime) {

  /** Signs for any range: the client's own {@code Range} header is no part of what is signed. */
  URI of(String key) {
    String url =
        signer
            .presignGetObject(request ->
                request
                    .signatureDuration(lifetime)
                    .getObjectRequest(r -> r.bucket(bucket).key(key)))
            .url()
            .toExternalForm();
    return URI.create(url);
  }

  void close() {
    signer.close();
  }
}
