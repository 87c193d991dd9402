package io.orlop.storage.s3;

/**
 * Sizes that decide how an upload is cut up.
 *
 * @param buffer the size of a part that is sent, in bytes
 * @param least the least size of a part that is not an upload's last
 * @param copy how much one copy within the store takes at most
 * @param parts how many parts a multipart upload has at most
 * @param pieces how many pieces an upload may have before they are joined
 */
record PartSizes(int buffer, int least, long copy, int parts, int pieces) {
  /**
   * What S3 allows (parts of 5 MiB to 5 GiB, 10,000 of them), and copies small enough to be
   * answered in seconds.
   */
  static final PartSizes DEFAULT = new PartSizes(8 << 20, 5 << 20, 256L << 20, 10_000, 1_000);
}
