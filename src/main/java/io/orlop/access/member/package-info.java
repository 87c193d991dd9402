/** Members of projects: users and groups, each with a role. */
@NullMarked
package io.orlop.access.member;

import org.jspecify.annotations.NullMarked;
