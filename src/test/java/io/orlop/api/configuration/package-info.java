/** Tests of the settings in the API, and of what they do. */
@NullMarked
package io.orlop.api.configuration;

import org.jspecify.annotations.NullMarked;
