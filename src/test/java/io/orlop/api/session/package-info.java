/** Tests of signing in with a browser. */
@NullMarked
package io.orlop.api.session;

import org.jspecify.annotations.NullMarked;
