/** Encryption of the secrets that the database keeps. */
@NullMarked
package io.orlop.platform.crypto;

import org.jspecify.annotations.NullMarked;
