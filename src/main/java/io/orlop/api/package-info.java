/**
 * The door for automation: {@code /api/v2.0}, with the paths, bodies and status codes of Harbor's
 * REST API, so that clients written for Harbor work unchanged. Each sub-package opens one room.
 */
@NullMarked
package io.orlop.api;

import org.jspecify.annotations.NullMarked;
