package io.orlop.storage;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import java.util.Map;
import java.util.UUID;

/**
 * What is recorded of an upload in progress, enough to take it up again after a restart.
 *
 * @param id the upload
 * @param offset how many bytes have been acknowledged; staged bytes beyond it are dropped
 * @param digests the digest of the first {@code offset} bytes in each algorithm that the upload
 *     computes; always has {@link DigestAlgorithm#SHA256}
 */
public record StagedUpload(UUID id, long offset, Map<DigestAlgorithm, Digest> digests) {
  public StagedUpload {
    digests = Map.copyOf(digests);
  }
}
