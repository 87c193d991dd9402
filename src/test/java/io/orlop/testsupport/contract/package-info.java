/** Harbor's contract as data, and what is compared with it. */
@NullMarked
package io.orlop.testsupport.contract;

import org.jspecify.annotations.NullMarked;
