/**
 * The benchmark of {@code ./orlop bench}: starts Orlop and its peers on one disk, puts the same
 * load on each in turn and writes down medians and ratios. JDK only, so that it needs no build of
 * its own.
 */
@NullMarked
package io.orlop.bench;

import org.jspecify.annotations.NullMarked;
