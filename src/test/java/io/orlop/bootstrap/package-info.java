/** Starting, stopping and being killed, tried on the packaged product as a process of its own. */
@NullMarked
package io.orlop.bootstrap;

import org.jspecify.annotations.NullMarked;
