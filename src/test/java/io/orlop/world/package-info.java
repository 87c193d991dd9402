/** The product in the world: TLS of its own, and clients that take too much. */
@NullMarked
package io.orlop.world;

import org.jspecify.annotations.NullMarked;
