/** Tests of how the database is asked, and the database as tests see it: statement by statement. */
@NullMarked
package io.orlop.platform.persistence;

import org.jspecify.annotations.NullMarked;
