/** Tests of the whole house. */
@NullMarked
package io.orlop;

import org.jspecify.annotations.NullMarked;
