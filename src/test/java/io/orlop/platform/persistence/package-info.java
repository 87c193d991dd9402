/** The database as tests see it: statement by statement. */
@NullMarked
package io.orlop.platform.persistence;

import org.jspecify.annotations.NullMarked;
