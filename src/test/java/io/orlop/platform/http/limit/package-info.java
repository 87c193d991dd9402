/** Tests of the limits. */
@NullMarked
package io.orlop.platform.http.limit;

import org.jspecify.annotations.NullMarked;
