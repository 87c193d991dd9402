/** Tests of what the API tells of the system. */
@NullMarked
package io.orlop.api.system;

import org.jspecify.annotations.NullMarked;
