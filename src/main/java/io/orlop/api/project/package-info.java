/** Projects: made, listed, shown and deleted. */
@NullMarked
package io.orlop.api.project;

import org.jspecify.annotations.NullMarked;
