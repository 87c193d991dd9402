/** Accounts and credentials. */
@NullMarked
package io.orlop.identity;

import org.jspecify.annotations.NullMarked;
