/**
 * Where the bytes of blobs live. A store knows digests, keys and staged uploads; it knows nothing
 * of repositories, people or the database.
 */
@NullMarked
package io.orlop.storage;

import org.jspecify.annotations.NullMarked;
