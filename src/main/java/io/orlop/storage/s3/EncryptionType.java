package io.orlop.storage.s3;

/** Who encrypts the objects at rest. */
public enum EncryptionType {
  /** Nobody is asked: the bucket's own setting counts. */
  NONE,
  /** The store, with keys of its own (SSE-S3). */
  S3,
  /** The store, with a key of its key service (SSE-KMS). */
  KMS,
  /** The store, with a key that is sent with every request (SSE-C). */
  CUSTOMER
}
