/** Tests of bytes on their way. */
@NullMarked
package io.orlop.platform.stream;

import org.jspecify.annotations.NullMarked;
