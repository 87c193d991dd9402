/** The door for container clients: {@code /v2} and {@code /service/token}. */
@NullMarked
package io.orlop.registry;

import org.jspecify.annotations.NullMarked;
