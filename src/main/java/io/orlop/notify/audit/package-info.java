/**
 * The audit log: who did what, when, from where. Written beside the requests, never in them; read
 * through the API within a second.
 */
@NullMarked
package io.orlop.notify.audit;

import org.jspecify.annotations.NullMarked;
