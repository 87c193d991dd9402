/** What callers may do, what can be given to robot accounts, and why somebody may do something. */
@NullMarked
package io.orlop.api.permission;

import org.jspecify.annotations.NullMarked;
