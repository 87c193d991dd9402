/** Tests of the settings' values. */
@NullMarked
package io.orlop.platform.settings;

import org.jspecify.annotations.NullMarked;
