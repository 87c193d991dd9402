/** Tests of personal tokens. */
@NullMarked
package io.orlop.api.token;

import org.jspecify.annotations.NullMarked;
