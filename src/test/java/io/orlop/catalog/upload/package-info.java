/** Uploads, seen from inside. */
@NullMarked
package io.orlop.catalog.upload;

import org.jspecify.annotations.NullMarked;
