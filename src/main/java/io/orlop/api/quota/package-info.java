/** How much projects hold, and how much they may. */
@NullMarked
package io.orlop.api.quota;

import org.jspecify.annotations.NullMarked;
