/** Operating the installation as a whole: starting and stopping, settings, readiness. */
@NullMarked
package io.orlop.system;

import org.jspecify.annotations.NullMarked;
