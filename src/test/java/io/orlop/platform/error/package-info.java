/** What clients are told. */
@NullMarked
package io.orlop.platform.error;

import org.jspecify.annotations.NullMarked;
