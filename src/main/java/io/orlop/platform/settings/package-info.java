/**
 * What administrators set while the registry runs: the keys, what may be their values, and what
 * they are at the moment. Rooms of every floor read them here; they are changed by {@code
 * system.settings}.
 */
@NullMarked
package io.orlop.platform.settings;

import org.jspecify.annotations.NullMarked;
