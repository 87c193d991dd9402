/** Backups of the packaged product, and registries made from them. */
@NullMarked
package io.orlop.backup;

import org.jspecify.annotations.NullMarked;
