/** Tests of certificates. */
@NullMarked
package io.orlop.system.tls;

import org.jspecify.annotations.NullMarked;
