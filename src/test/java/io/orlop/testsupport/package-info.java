/** What tests of several rooms share. */
@NullMarked
package io.orlop.testsupport;

import org.jspecify.annotations.NullMarked;
