/** Blobs, as repositories see them: linked, mounted, unlinked. */
@NullMarked
package io.orlop.catalog.blob;

import org.jspecify.annotations.NullMarked;
