/**
 * The value types of the OCI specifications: digests, names, media types, descriptors, manifests.
 *
 * <p>Everything here is immutable, validated once when it is parsed and knows nothing of HTTP,
 * storage or the database.
 */
@NullMarked
package io.orlop.oci;

import org.jspecify.annotations.NullMarked;
