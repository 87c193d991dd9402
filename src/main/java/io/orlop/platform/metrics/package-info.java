/**
 * What can be counted and timed. Every room counts through Micrometer's {@code MeterRegistry}; only
 * this package knows where the figures go.
 */
@NullMarked
package io.orlop.platform.metrics;

import org.jspecify.annotations.NullMarked;
