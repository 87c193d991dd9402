/**
 * The doctor for reverse proxies: shows what Orlop makes of the very request that asks, and what is
 * wrong with it.
 */
@NullMarked
package io.orlop.api.proxy;

import org.jspecify.annotations.NullMarked;
