/** Tests of what the whole API has in common. */
@NullMarked
package io.orlop.api;

import org.jspecify.annotations.NullMarked;
