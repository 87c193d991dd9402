/** How much there is of everything. */
@NullMarked
package io.orlop.api.statistic;

import org.jspecify.annotations.NullMarked;
