package io.orlop.catalog.artifact;

import io.orlop.oci.Digest;

/**
 * What a client learns of a manifest without its bytes.
 *
 * @param digest its digest
 * @param mediaType its content type
 * @param size its size in bytes
 */
public record ManifestStat(Digest digest, String mediaType, long size) {}
