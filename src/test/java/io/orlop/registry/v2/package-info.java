/** The parts that registry requests are read with. */
@NullMarked
package io.orlop.registry.v2;

import org.jspecify.annotations.NullMarked;
