/** Tests of quotas as clients see them. */
@NullMarked
package io.orlop.api.quota;

import org.jspecify.annotations.NullMarked;
