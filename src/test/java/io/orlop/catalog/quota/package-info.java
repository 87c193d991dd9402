/** Tests of what projects are charged for. */
@NullMarked
package io.orlop.catalog.quota;

import org.jspecify.annotations.NullMarked;
