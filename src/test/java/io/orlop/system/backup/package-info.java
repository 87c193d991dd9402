/** Tests of backups that need no registry. */
@NullMarked
package io.orlop.system.backup;

import org.jspecify.annotations.NullMarked;
