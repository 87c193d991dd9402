/**
 * An installation as a command sees it, without the framework: its settings, its database whether a
 * server runs on it or not, and its stores.
 */
@NullMarked
package io.orlop.system.installation;

import org.jspecify.annotations.NullMarked;
