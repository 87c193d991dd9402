/**
 * What people send who mean no good, or whose line breaks: each test expects a clear refusal in the
 * specification's error body, no hint at what they may not see, and not a line in the log.
 */
@NullMarked
package io.orlop.hostile;

import org.jspecify.annotations.NullMarked;
