/** Whether the parts of the process work, and what room its data folder has. */
@NullMarked
package io.orlop.system.health;

import org.jspecify.annotations.NullMarked;
