package io.orlop.catalog.artifact;

import io.orlop.oci.Digest;
import io.orlop.oci.Manifest;
import io.orlop.oci.TagName;
import java.util.SortedSet;

/**
 * A manifest that was checked and is about to be written.
 *
 * @param tags sorted, so that two pushes of the same tags cannot wait for each other in a circle
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy of up to 4 MiB would be waste.
record NewArtifact(Digest digest, Manifest manifest, byte[] body, SortedSet<TagName> tags) {}
