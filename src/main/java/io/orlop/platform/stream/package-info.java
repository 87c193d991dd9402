/** Bytes on their way through the process, piece by piece. */
@NullMarked
package io.orlop.platform.stream;

import org.jspecify.annotations.NullMarked;
