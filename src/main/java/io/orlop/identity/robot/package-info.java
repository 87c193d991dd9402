/**
 * Robot accounts: the accounts of machines, of the whole registry or of one project. They sign in
 * with secrets that are made here, by names that begin with a prefix of their own.
 */
@NullMarked
package io.orlop.identity.robot;

import org.jspecify.annotations.NullMarked;
