/** Personal API tokens: made, listed and ended by their owners. */
@NullMarked
package io.orlop.api.token;

import org.jspecify.annotations.NullMarked;
