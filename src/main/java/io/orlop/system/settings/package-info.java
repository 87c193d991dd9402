/** How administrators see and change what {@code platform.settings} keeps. */
@NullMarked
package io.orlop.system.settings;

import org.jspecify.annotations.NullMarked;
