/** Tests of the API's robots. */
@NullMarked
package io.orlop.api.robot;

import org.jspecify.annotations.NullMarked;
