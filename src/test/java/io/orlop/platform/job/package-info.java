/** What background work does when its time has come. */
@NullMarked
package io.orlop.platform.job;

import org.jspecify.annotations.NullMarked;
