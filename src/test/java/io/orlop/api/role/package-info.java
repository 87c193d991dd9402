/** Tests of the API's roles. */
@NullMarked
package io.orlop.api.role;

import org.jspecify.annotations.NullMarked;
