/** Roles: the built-in ones, and those that administrators make. */
@NullMarked
package io.orlop.access.role;

import org.jspecify.annotations.NullMarked;
