/** Failures that a client is told about: one exception, one register of codes. */
@NullMarked
package io.orlop.platform.error;

import org.jspecify.annotations.NullMarked;
