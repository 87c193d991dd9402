/** Tests of what all doors share. */
@NullMarked
package io.orlop.platform.http;

import org.jspecify.annotations.NullMarked;
