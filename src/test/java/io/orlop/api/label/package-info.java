/** Tests of labels as clients see them. */
@NullMarked
package io.orlop.api.label;

import org.jspecify.annotations.NullMarked;
