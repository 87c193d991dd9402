/** The packaged product with its blobs in a bucket. */
@NullMarked
package io.orlop.objectstore;

import org.jspecify.annotations.NullMarked;
