/** Finds projects and repositories by a part of their names. */
@NullMarked
package io.orlop.api.search;

import org.jspecify.annotations.NullMarked;
