package io.orlop.api.user;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import io.orlop.identity.user.UserInfo;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An account in the contract's words.
 *
 * @param adminRoleInAuth whether a directory makes the caller an administrator: none does
 * @param auditorFlag Orlop's own: whether the person may read everything
 */
@JsonNaming(SnakeCaseStrategy.class)
record UserResponse(
    long userId,
    String username,
    @OmitEmpty String email,
    @OmitEmpty String realname,
    @OmitEmpty String comment,
    boolean sysadminFlag,
    boolean adminRoleInAuth,
    @OmitEmpty boolean auditorFlag,
    @OmitEmpty @Nullable CliSecretResponse oidcUserMeta,
    Instant creationTime,
    Instant updateTime) {

  static UserResponse of(UserInfo user, @Nullable CliSecretResponse secret) {
    return new UserResponse(
        user.id(),
        user.username(),
        Objects.requireNonNullElse(user.email(), ""),
        user.realname(),
        user.comment(),
        user.systemAdministrator(),
        false,
        user.auditor(),
        secret,
        user.createdAt(),
        user.updatedAt());
  }
}
