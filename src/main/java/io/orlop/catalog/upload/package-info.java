/** Blobs on their way in. */
@NullMarked
package io.orlop.catalog.upload;

import org.jspecify.annotations.NullMarked;
