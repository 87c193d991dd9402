/** What administrators set while the registry runs, in the API. */
@NullMarked
package io.orlop.api.configuration;

import org.jspecify.annotations.NullMarked;
