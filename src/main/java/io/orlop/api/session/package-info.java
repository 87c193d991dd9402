/** Signing in and out with a browser, and the sessions that come of it. */
@NullMarked
package io.orlop.api.session;

import org.jspecify.annotations.NullMarked;
