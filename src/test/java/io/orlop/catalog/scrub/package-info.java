/** Tests of what rots in the store. */
@NullMarked
package io.orlop.catalog.scrub;

import org.jspecify.annotations.NullMarked;
