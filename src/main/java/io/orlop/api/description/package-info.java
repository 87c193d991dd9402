/** The API's description of itself, which is made from its resources and records. */
@NullMarked
package io.orlop.api.description;

import org.jspecify.annotations.NullMarked;
