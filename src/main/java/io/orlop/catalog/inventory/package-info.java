/**
 * What people see of repositories and artifacts: lists, details, and what is inside of configs and
 * charts. Lists are one statement a page and one for the total, whatever is asked along.
 */
@NullMarked
package io.orlop.catalog.inventory;

import org.jspecify.annotations.NullMarked;
