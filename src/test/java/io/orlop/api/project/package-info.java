/** Tests of projects in the API. */
@NullMarked
package io.orlop.api.project;

import org.jspecify.annotations.NullMarked;
