/**
 * A real Docker engine against Orlop behind real reverse proxies, with the very configurations that
 * {@code deploy/proxy} offers.
 */
@NullMarked
package io.orlop.proxy;

import org.jspecify.annotations.NullMarked;
