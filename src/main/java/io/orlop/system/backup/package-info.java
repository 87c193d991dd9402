/**
 * Backups: a consistent copy of the database and of the blobs that it names, taken while the
 * registry serves, checked, and made a registry again.
 */
@NullMarked
package io.orlop.system.backup;

import org.jspecify.annotations.NullMarked;
