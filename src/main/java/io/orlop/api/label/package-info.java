/** Labels: made, listed, changed and deleted. */
@NullMarked
package io.orlop.api.label;

import org.jspecify.annotations.NullMarked;
