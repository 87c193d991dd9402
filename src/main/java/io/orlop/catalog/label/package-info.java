/** Labels: marks that people put on artifacts, everybody's or a project's own. */
@NullMarked
package io.orlop.catalog.label;

import org.jspecify.annotations.NullMarked;
