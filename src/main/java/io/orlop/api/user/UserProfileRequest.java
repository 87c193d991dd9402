package io.orlop.api.user;

import io.orlop.identity.user.UserProfile;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is to be known of somebody from now on. */
record UserProfileRequest(
    @Nullable String email, @Nullable String realname, @Nullable String comment) {

  UserProfile profile() {
    return new UserProfile(
        Objects.requireNonNullElse(email, ""),
        Objects.requireNonNullElse(realname, ""),
        Objects.requireNonNullElse(comment, ""));
  }
}
