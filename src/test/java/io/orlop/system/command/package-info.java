/** Tests of the command line. */
@NullMarked
package io.orlop.system.command;

import org.jspecify.annotations.NullMarked;
