package io.orlop.api.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.identity.TokenScope;
import io.orlop.identity.token.PersonalTokenService;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which token to make.
 *
 * @param expiresAt as RFC 3339 has it; absent for a token that does not end by itself
 */
@JsonNaming(SnakeCaseStrategy.class)
record TokenBody(@Nullable String name, @Nullable Scope scope, @Nullable String expiresAt) {
  private static final int MAX_NAME = 100;
  private static final int MAX_PROJECTS = 100;
  private static final int LAST_YEAR = 9999;

  /**
   * What the token is for.
   *
   * @param projects names or ids; none for all
   */
  record Scope(@Nullable String level, @Nullable List<@Nullable JsonNode> projects) {}

  String validName() {
    if (name == null || name.isBlank() || name.length() > MAX_NAME || name.indexOf(0) >= 0) {
      throw ErrorCode.BAD_REQUEST.exception(
          "name in body must have 1 to " + MAX_NAME + " characters and no NUL");
    }
    if (name.equals(PersonalTokenService.CLI)) {
      throw ErrorCode.BAD_REQUEST.exception(
          "name in body: cli is the token that is set by cli_secret");
    }
    return name;
  }

  TokenScope.Level level() {
    String wanted = scope == null || scope.level() == null ? "" : scope.level();
    return Arrays.stream(TokenScope.Level.values())
        .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst()
        .orElseThrow(() ->
            ErrorCode.UNPROCESSABLE_ENTITY.exception(
                "scope.level in body should be one of [read push admin]"));
  }

  /** Returns the projects as they are written in paths: a number is an id, a text a name. */
  List<ProjectRef> projects() {
    List<@Nullable JsonNode> wanted =
        scope == null || scope.projects() == null ? List.of() : scope.projects();
    if (wanted.size() > MAX_PROJECTS) {
      throw ErrorCode.BAD_REQUEST.exception(
          "scope.projects in body must have at most " + MAX_PROJECTS + " items");
    }
    return wanted.stream().map(TokenBody::project).toList();
  }

  @Nullable Instant expiry(Instant now) {
    if (expiresAt == null || expiresAt.isEmpty()) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(expiresAt);
      if (time.getYear() <= LAST_YEAR && time.toInstant().isAfter(now)) {
        return time.toInstant();
      }
    } catch (DateTimeException e) {
      throw badExpiry().causedBy(e);
    }
    throw badExpiry();
  }

  /** A project by its name or id. */
  sealed interface ProjectRef {
    /** By its name. */
    record Named(String name) implements ProjectRef {}

    /** By its id. */
    record Numbered(long id) implements ProjectRef {}
  }

  private static ProjectRef project(@Nullable JsonNode value) {
    if (value != null && value.isTextual() && value.textValue().indexOf(0) < 0) {
      return new ProjectRef.Named(value.textValue());
    }
    if (value != null && value.isIntegralNumber() && value.canConvertToLong()) {
      return new ProjectRef.Numbered(value.longValue());
    }
    throw ErrorCode.UNPROCESSABLE_ENTITY.exception(
        "scope.projects in body must be names or ids of projects");
  }

  private static RegistryException badExpiry() {
    return ErrorCode.BAD_REQUEST.exception(
        "expires_at in body must be a time to come, such as 2030-01-31T12:00:00Z");
  }
}
