/** Small files that must survive a power cut. */
@NullMarked
package io.orlop.platform.file;

import org.jspecify.annotations.NullMarked;
