/** How a command of the command line talks to people, and how they can end it. */
@NullMarked
package io.orlop.system.console;

import org.jspecify.annotations.NullMarked;
