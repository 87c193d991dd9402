/** Tests of robot accounts. */
@NullMarked
package io.orlop.identity.robot;

import org.jspecify.annotations.NullMarked;
