/** The content model under concurrency. */
@NullMarked
package io.orlop.catalog;

import org.jspecify.annotations.NullMarked;
