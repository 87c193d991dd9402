/** Repositories: listed, shown, described and deleted. */
@NullMarked
package io.orlop.api.repository;

import org.jspecify.annotations.NullMarked;
