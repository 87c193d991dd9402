/**
 * Real clients against the running application: each test is a conversation that people have with a
 * registry every day.
 */
@NullMarked
package io.orlop.clients;

import org.jspecify.annotations.NullMarked;
