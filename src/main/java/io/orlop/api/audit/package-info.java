/** The audit log in the API, in both of Harbor's shapes. */
@NullMarked
package io.orlop.api.audit;

import org.jspecify.annotations.NullMarked;
