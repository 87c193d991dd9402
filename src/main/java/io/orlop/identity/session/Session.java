package io.orlop.identity.session;

import io.orlop.identity.Principal;

/** A session that lives, and whose it is. */
public record Session(long id, Principal.UserPrincipal user) {}
