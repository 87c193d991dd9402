/** Members of projects. */
@NullMarked
package io.orlop.api.member;

import org.jspecify.annotations.NullMarked;
