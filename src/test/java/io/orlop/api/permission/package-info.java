/** Tests of the API's permissions. */
@NullMarked
package io.orlop.api.permission;

import org.jspecify.annotations.NullMarked;
