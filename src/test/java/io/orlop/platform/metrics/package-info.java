/** Tests of the metrics. */
@NullMarked
package io.orlop.platform.metrics;

import org.jspecify.annotations.NullMarked;
