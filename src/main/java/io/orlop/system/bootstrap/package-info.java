/**
 * From the first setting to an open port, and back: flags, the data folder, start checks, the end.
 */
@NullMarked
package io.orlop.system.bootstrap;

import org.jspecify.annotations.NullMarked;
