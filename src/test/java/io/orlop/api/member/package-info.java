/** Tests of the API's members. */
@NullMarked
package io.orlop.api.member;

import org.jspecify.annotations.NullMarked;
