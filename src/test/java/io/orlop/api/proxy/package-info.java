/** Tests of the doctor for reverse proxies. */
@NullMarked
package io.orlop.api.proxy;

import org.jspecify.annotations.NullMarked;
