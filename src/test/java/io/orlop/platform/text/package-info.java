@NullMarked
package io.orlop.platform.text;

import org.jspecify.annotations.NullMarked;
