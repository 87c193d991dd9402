/** Tests of artifacts. */
@NullMarked
package io.orlop.catalog.artifact;

import org.jspecify.annotations.NullMarked;
