/**
 * Registry tokens: what they say, the keys that sign them, and the service that gives them out.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">token
 *     authentication</a>
 */
@NullMarked
package io.orlop.registry.token;

import org.jspecify.annotations.NullMarked;
