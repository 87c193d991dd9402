/**
 * Orlop's own TLS: the certificate and key from files, read again when they change, and the maker
 * of self-signed ones.
 */
@NullMarked
package io.orlop.system.tls;

import org.jspecify.annotations.NullMarked;
