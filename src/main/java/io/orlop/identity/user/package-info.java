/** Accounts of people as others see them, and what their names and passwords may be. */
@NullMarked
package io.orlop.identity.user;

import org.jspecify.annotations.NullMarked;
