package io.orlop.identity.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account of a person, without its secrets.
 *
 * @param email null if none is known
 * @param systemAdministrator whether the person may do everything
 * @param auditor whether the person may read everything through the API
 */
public record UserInfo(
    long id,
    String username,
    @Nullable String email,
    String realname,
    String comment,
    boolean systemAdministrator,
    boolean auditor,
    Instant createdAt,
    Instant updatedAt) {}
