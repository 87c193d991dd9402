/** Says why somebody may do something or not, and what would allow it. */
@NullMarked
package io.orlop.access.explain;

import org.jspecify.annotations.NullMarked;
