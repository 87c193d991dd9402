/** Tests of how the database is asked. */
@NullMarked
package io.orlop.platform.persistence;

import org.jspecify.annotations.NullMarked;
