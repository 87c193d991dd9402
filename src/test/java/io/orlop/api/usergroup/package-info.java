/** Tests of groups in the API. */
@NullMarked
package io.orlop.api.usergroup;

import org.jspecify.annotations.NullMarked;
