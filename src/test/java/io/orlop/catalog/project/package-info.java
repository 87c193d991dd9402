/** What is known of projects. */
@NullMarked
package io.orlop.catalog.project;

import org.jspecify.annotations.NullMarked;
