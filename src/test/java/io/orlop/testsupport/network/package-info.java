/**
 * Two hosts on one machine: network namespaces in which a Docker daemon reaches a registry behind
 * reverse proxies by a name, over TLS, on an address that is not its own.
 *
 * <p>Docker forgives everything on the loopback network (plain HTTP, unknown certificates), so what
 * breaks behind a proxy shows only where host names and ports are real.
 */
@NullMarked
package io.orlop.testsupport.network;

import org.jspecify.annotations.NullMarked;
