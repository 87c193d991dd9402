/** The vulnerabilities that do not count: everywhere, and as part of a project. */
@NullMarked
package io.orlop.api.allowlist;

import org.jspecify.annotations.NullMarked;
