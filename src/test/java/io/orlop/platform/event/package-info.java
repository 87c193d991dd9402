/** Tests of how rooms tell of what happened. */
@NullMarked
package io.orlop.platform.event;

import org.jspecify.annotations.NullMarked;
