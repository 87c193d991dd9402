/** Robot accounts: made, listed, changed and deleted, and their secrets. */
@NullMarked
package io.orlop.api.robot;

import org.jspecify.annotations.NullMarked;
