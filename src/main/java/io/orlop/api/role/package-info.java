/** Roles that members of projects can have. Orlop's own: Harbor has the built-in ones alone. */
@NullMarked
package io.orlop.api.role;

import org.jspecify.annotations.NullMarked;
