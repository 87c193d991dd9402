/**
 * Background work: each piece runs on one replica at a time, and again elsewhere if that one dies.
 */
@NullMarked
package io.orlop.platform.job;

import org.jspecify.annotations.NullMarked;
