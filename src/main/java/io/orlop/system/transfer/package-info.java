/** Copies and checks blobs from store to store, any number of them, and goes on where it ended. */
@NullMarked
package io.orlop.system.transfer;

import org.jspecify.annotations.NullMarked;
