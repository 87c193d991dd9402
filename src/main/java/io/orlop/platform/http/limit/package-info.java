/** How much one client may take: connections, time to send and to read, requests. */
@NullMarked
package io.orlop.platform.http.limit;

import org.jspecify.annotations.NullMarked;
