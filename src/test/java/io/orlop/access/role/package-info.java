/** Tests of roles. */
@NullMarked
package io.orlop.access.role;

import org.jspecify.annotations.NullMarked;
