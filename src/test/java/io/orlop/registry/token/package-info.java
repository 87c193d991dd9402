/** Tokens, their scopes and keys. */
@NullMarked
package io.orlop.registry.token;

import org.jspecify.annotations.NullMarked;
