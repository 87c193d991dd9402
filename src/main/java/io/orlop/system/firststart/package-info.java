/** What a registry has before anybody made anything: an administrator and a project. */
@NullMarked
package io.orlop.system.firststart;

import org.jspecify.annotations.NullMarked;
