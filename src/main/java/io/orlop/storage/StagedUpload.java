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
 * @param driverState what the driver needs to find the staged bytes again, in words of its own;
 *     empty where the id is enough
 */
public record StagedUpload(
    UUID id, long offset, Map<DigestAlgorithm, Digest> digests, String driverState) {
  public StagedUpload {
    digests = Map.copyOf(digests);
  }

  /** Describes an upload of a driver that needs no more than its id. */
  public StagedUpload(UUID id, long offset, Map<DigestAlgorithm, Digest> digests) {
    this(id, offset, digests, "");
  }
}
