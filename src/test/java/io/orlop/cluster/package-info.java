/** What survives when processes die. */
@NullMarked
package io.orlop.cluster;

import org.jspecify.annotations.NullMarked;
