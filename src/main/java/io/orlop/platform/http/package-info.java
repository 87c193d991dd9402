/** HTTP matters that all doors share: how a client reached us, request ids, error bodies. */
@NullMarked
package io.orlop.platform.http;

import org.jspecify.annotations.NullMarked;
