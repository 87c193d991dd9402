/**
 * What happened, for whoever wants to know: rooms tell of it, and rooms above them listen. Only
 * what was committed is told of.
 */
@NullMarked
package io.orlop.platform.event;

import org.jspecify.annotations.NullMarked;
