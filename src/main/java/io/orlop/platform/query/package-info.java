/** What a client may ask of a list: which items ({@code q}) in which order ({@code sort}). */
@NullMarked
package io.orlop.platform.query;

import org.jspecify.annotations.NullMarked;
