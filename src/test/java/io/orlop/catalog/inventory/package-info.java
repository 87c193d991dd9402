/** Tests. */
@NullMarked
package io.orlop.catalog.inventory;

import org.jspecify.annotations.NullMarked;
