/** Tests of how the audit log is written. */
@NullMarked
package io.orlop.notify.audit;

import org.jspecify.annotations.NullMarked;
