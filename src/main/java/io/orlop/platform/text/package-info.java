/** Texts with a grammar of their own: patterns of names. */
@NullMarked
package io.orlop.platform.text;

import org.jspecify.annotations.NullMarked;
