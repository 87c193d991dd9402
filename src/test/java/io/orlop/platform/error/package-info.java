/** Tests of the failures that clients are told about. */
@NullMarked
package io.orlop.platform.error;

import org.jspecify.annotations.NullMarked;
