/** Tests. */
@NullMarked
package io.orlop.catalog.pull;

import org.jspecify.annotations.NullMarked;
