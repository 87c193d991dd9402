/** The master key, and what is encrypted or derived with it. */
@NullMarked
package io.orlop.platform.crypto;

import org.jspecify.annotations.NullMarked;
