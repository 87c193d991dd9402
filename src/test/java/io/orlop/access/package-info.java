@NullMarked
package io.orlop.access;

import org.jspecify.annotations.NullMarked;
