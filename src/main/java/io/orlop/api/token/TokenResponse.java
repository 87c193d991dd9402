package io.orlop.api.token;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import io.orlop.identity.token.PersonalTokenInfo;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A token as its owner sees it. */
@JsonNaming(SnakeCaseStrategy.class)
record TokenResponse(
    long id,
    String name,
    Scope scope,
    Instant creationTime,
    @OmitEmpty @Nullable Instant expiresAt,
    @OmitEmpty @Nullable Instant lastUsedTime,
    @OmitEmpty @Nullable String lastUsedAddress) {

  /**
   * What the token is for.
   *
   * @param projects names; none for all
   */
  record Scope(String level, List<String> projects) {}

  static TokenResponse of(PersonalTokenInfo token) {
    return new TokenResponse(
        token.id(),
        token.name(),
        new Scope(token.level().name().toLowerCase(Locale.ROOT), token.projects()),
        token.createdAt(),
        token.expiresAt(),
        token.lastUsedAt(),
        token.lastUsedAddress());
  }
}
