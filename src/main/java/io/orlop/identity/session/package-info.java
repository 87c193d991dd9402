/** Sessions of browsers, which are kept in the database so that every replica knows them. */
@NullMarked
package io.orlop.identity.session;

import org.jspecify.annotations.NullMarked;
