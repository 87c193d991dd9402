/** What an operator sees of the running product: metrics, traces, the log. */
@NullMarked
package io.orlop.observe;

import org.jspecify.annotations.NullMarked;
