/** Groups of people and their members. */
@NullMarked
package io.orlop.api.usergroup;

import org.jspecify.annotations.NullMarked;
