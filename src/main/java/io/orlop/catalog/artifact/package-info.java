/** Manifests, the tags that point to them and the referrers that point from them. */
@NullMarked
package io.orlop.catalog.artifact;

import org.jspecify.annotations.NullMarked;
