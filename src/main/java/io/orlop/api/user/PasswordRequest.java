package io.orlop.api.user;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which password somebody is to have.
 *
 * @param oldPassword the one so far, which whoever changes an own password has to know
 */
@JsonNaming(SnakeCaseStrategy.class)
record PasswordRequest(@Nullable String oldPassword, @Nullable String newPassword) {

  String before() {
    return Objects.requireNonNullElse(oldPassword, "");
  }

  String after() {
    return Objects.requireNonNullElse(newPassword, "");
  }
}
