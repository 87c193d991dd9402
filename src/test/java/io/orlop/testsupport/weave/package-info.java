/**
 * Runs several actors against one database, statement by statement, in every order or in an order
 * that a seed gives.
 */
@NullMarked
package io.orlop.testsupport.weave;

import org.jspecify.annotations.NullMarked;
