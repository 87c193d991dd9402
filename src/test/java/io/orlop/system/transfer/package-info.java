/** Tests of copying and checking blobs. */
@NullMarked
package io.orlop.system.transfer;

import org.jspecify.annotations.NullMarked;
