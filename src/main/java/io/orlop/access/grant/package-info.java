/** What accounts may be given, and by whom: nobody gives more than he has. */
@NullMarked
package io.orlop.access.grant;

import org.jspecify.annotations.NullMarked;
