package io.orlop.system.transfer;

import io.orlop.storage.StorageKey;

/**
 * A blob that a row names.
 *
 * @param size in bytes, as the row has it
 */
public record StoredBlob(StorageKey key, long size) {}
