/** Tests of the log. */
@NullMarked
package io.orlop.platform.log;

import org.jspecify.annotations.NullMarked;
