/** Projects: the namespaces that have members. */
@NullMarked
package io.orlop.catalog.project;

import org.jspecify.annotations.NullMarked;
