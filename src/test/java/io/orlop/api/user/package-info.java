/** Tests of accounts in the API. */
@NullMarked
package io.orlop.api.user;

import org.jspecify.annotations.NullMarked;
