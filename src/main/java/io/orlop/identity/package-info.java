/**
 * Who is asking: users, their passwords and refresh tokens, and the sources that vouch for them.
 */
@NullMarked
package io.orlop.identity;

import org.jspecify.annotations.NullMarked;
