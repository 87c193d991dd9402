/** What the API tells of the whole system: its health, its version, how it is set up. */
@NullMarked
package io.orlop.api.system;

import org.jspecify.annotations.NullMarked;
