/** Tests. */
@NullMarked
package io.orlop.api.artifact;

import org.jspecify.annotations.NullMarked;
