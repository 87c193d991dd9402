/**
 * What the tests with real clients stand on: finding the programs, running them in a home of their
 * own, making images on the spot, and a Docker daemon that touches nothing of the machine's.
 *
 * <p>The tests run against Orlop. To compare with another registry (is it the test that is wrong?)
 * start that one and name it: {@code -Dorlop.test.registry=127.0.0.1:5000
 * -Dorlop.test.registry.user=admin -Dorlop.test.registry.password=…}.
 */
@NullMarked
package io.orlop.testsupport.clients;

import org.jspecify.annotations.NullMarked;
