/** How often and when things are pulled: gathered in memory, written in batches. */
@NullMarked
package io.orlop.catalog.pull;

import org.jspecify.annotations.NullMarked;
