/** Tests of the vulnerabilities that do not count. */
@NullMarked
package io.orlop.api.allowlist;

import org.jspecify.annotations.NullMarked;
