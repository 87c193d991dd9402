package io.orlop.catalog.artifact;

import io.orlop.oci.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A manifest that refers to another one.
 *
 * @param digest its digest
 * @param mediaType its media type
 * @param size its size in bytes
 * @param artifactType what it is
 * @param annotations its annotations
 */
public record Referrer(
    Digest digest,
    String mediaType,
    long size,
    @Nullable String artifactType,
    Map<String, String> annotations) {}
