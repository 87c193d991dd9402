/** Who may do what: roles, memberships, and the one place that decides. */
@NullMarked
package io.orlop.access;

import org.jspecify.annotations.NullMarked;
