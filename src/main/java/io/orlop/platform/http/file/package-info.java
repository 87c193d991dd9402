/** How the bytes of files reach connections. */
@NullMarked
package io.orlop.platform.http.file;

import org.jspecify.annotations.NullMarked;
