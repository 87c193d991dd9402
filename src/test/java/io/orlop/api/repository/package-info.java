/** Tests. */
@NullMarked
package io.orlop.api.repository;

import org.jspecify.annotations.NullMarked;
