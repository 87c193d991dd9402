/** Tests of what people find. */
@NullMarked
package io.orlop.api.search;

import org.jspecify.annotations.NullMarked;
