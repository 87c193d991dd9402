/** Tests of blobs that come and go at once. */
@NullMarked
package io.orlop.catalog.blob;

import org.jspecify.annotations.NullMarked;
