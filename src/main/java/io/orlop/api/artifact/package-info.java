/** Artifacts with their tags, labels, accessories and additions. */
@NullMarked
package io.orlop.api.artifact;

import org.jspecify.annotations.NullMarked;
