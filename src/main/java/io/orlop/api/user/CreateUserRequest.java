package io.orlop.api.user;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.identity.user.Passwords;
import io.orlop.identity.user.UserProfile;
import io.orlop.identity.user.Usernames;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which account to make. */
@JsonNaming(SnakeCaseStrategy.class)
record CreateUserRequest(
    @Nullable String username,
    @Nullable String email,
    @Nullable String realname,
    @Nullable String comment,
    @Nullable String password) {

  String validPassword() {
    return Passwords.require(Objects.requireNonNullElse(password, ""));
  }

  String validUsername() {
    return Usernames.require(Objects.requireNonNullElse(username, ""));
  }

  UserProfile profile() {
    return new UserProfile(
        Objects.requireNonNullElse(email, ""),
        Objects.requireNonNullElse(realname, ""),
        Objects.requireNonNullElse(comment, ""));
  }
}
