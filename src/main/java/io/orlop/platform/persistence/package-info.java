/** How features reach PostgreSQL with explicit SQL, and how its failures are translated once. */
@NullMarked
package io.orlop.platform.persistence;

import org.jspecify.annotations.NullMarked;
