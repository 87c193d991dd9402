/**
 * What the packaged product does when the ground under it fails: databases that go away, and what
 * has to hold after any failure.
 */
@NullMarked
package io.orlop.faults;

import org.jspecify.annotations.NullMarked;
