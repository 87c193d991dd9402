/** Accounts of people: listed, made, changed and deleted, and what belongs to them. */
@NullMarked
package io.orlop.api.user;

import org.jspecify.annotations.NullMarked;
