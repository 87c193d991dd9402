/** The security table: who gets in where, by what Harbor's behaviour says and never by the code. */
@NullMarked
package io.orlop.security;

import org.jspecify.annotations.NullMarked;
