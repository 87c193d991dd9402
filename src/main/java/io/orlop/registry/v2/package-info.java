/**
 * The registry API of the OCI distribution-spec: one resource for each of its subjects.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#endpoints">distribution-spec,
 *     endpoints</a>
 */
@NullMarked
package io.orlop.registry.v2;

import org.jspecify.annotations.NullMarked;
