/**
 * How much projects hold, and how much they may. What counts is written by those who link blobs and
 * store manifests; the database adds it up.
 */
@NullMarked
package io.orlop.catalog.quota;

import org.jspecify.annotations.NullMarked;
