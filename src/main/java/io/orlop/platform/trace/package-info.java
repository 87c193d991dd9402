/** Traces of requests for whoever collects them; nothing of it is there unless somebody does. */
@NullMarked
package io.orlop.platform.trace;

import org.jspecify.annotations.NullMarked;
