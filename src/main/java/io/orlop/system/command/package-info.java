/**
 * The command line: the registry itself, and the commands that work beside it. Commands read the
 * same settings but do without the framework, so that they start at once.
 */
@NullMarked
package io.orlop.system.command;

import org.jspecify.annotations.NullMarked;
