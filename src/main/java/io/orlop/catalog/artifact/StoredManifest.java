package io.orlop.catalog.artifact;

import io.orlop.oci.Digest;

/**
 * A manifest as it was pushed.
 *
 * @param digest its digest
 * @param mediaType the content type to serve it with
 * @param bytes the body, exactly
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy of up to 4 MiB would be waste.
public record StoredManifest(Digest digest, String mediaType, byte[] bytes) {}
