/**
 * What the process says on its standard output: the form of the log, and a line for each request.
 */
@NullMarked
package io.orlop.platform.log;

import org.jspecify.annotations.NullMarked;
