package io.orlop.catalog.blob;

import io.orlop.oci.Digest;
import io.orlop.storage.StorageKey;

/**
 * A blob that a repository has.
 *
 * @param digest its digest
 * @param size its size in bytes
 * @param key where its bytes are
 */
public record BlobInfo(Digest digest, long size, StorageKey key) {}
