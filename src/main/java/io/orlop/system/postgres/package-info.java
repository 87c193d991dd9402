/**
 * The embedded database: a real PostgreSQL that Orlop unpacks, initialises, starts, watches and
 * stops, for installations that configure no database of their own.
 *
 * <p>It is run to keep data, not for tests: everything is flushed to disk, nothing is ever cleaned,
 * and whatever a crash left behind is put in order by the next start.
 */
@NullMarked
package io.orlop.system.postgres;

import org.jspecify.annotations.NullMarked;
