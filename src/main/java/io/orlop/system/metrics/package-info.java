/** Figures on what the installation stands on: the database's connections, the disk, its health. */
@NullMarked
package io.orlop.system.metrics;

import org.jspecify.annotations.NullMarked;
