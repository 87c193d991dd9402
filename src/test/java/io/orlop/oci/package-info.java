/** Tests of the value types of the OCI specifications. */
@NullMarked
package io.orlop.oci;

import org.jspecify.annotations.NullMarked;
