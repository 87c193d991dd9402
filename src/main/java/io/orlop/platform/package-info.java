/** What every feature stands on; knows no feature. */
@NullMarked
package io.orlop.platform;

import org.jspecify.annotations.NullMarked;
