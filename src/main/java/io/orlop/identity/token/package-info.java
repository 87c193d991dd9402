/** Personal API tokens, which people give to programs in place of their password. */
@NullMarked
package io.orlop.identity.token;

import org.jspecify.annotations.NullMarked;
