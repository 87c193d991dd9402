@NullMarked
package io.orlop.platform.query;

import org.jspecify.annotations.NullMarked;
