/** Tests of the audit log in the API. */
@NullMarked
package io.orlop.api.audit;

import org.jspecify.annotations.NullMarked;
