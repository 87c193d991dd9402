/** Groups of people, who have the rights that are given to the group. */
@NullMarked
package io.orlop.identity.group;

import org.jspecify.annotations.NullMarked;
