/**
 * Finds blobs whose bytes have rotted: slowly, all the time, on one replica at a time, it reads
 * what nobody has read for long.
 */
@NullMarked
package io.orlop.catalog.scrub;

import org.jspecify.annotations.NullMarked;
