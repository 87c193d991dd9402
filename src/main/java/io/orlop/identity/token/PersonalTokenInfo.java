package io.orlop.identity.token;

import io.orlop.identity.TokenScope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A personal token as its owner sees it, without the token itself.
 *
 * @param projects the names of the projects that it is for, and the ids of those that are gone;
 *     empty for all
 * @param expiresAt null if it does not end by itself
 * @param lastUsedAt null if it was never used
 */
public record PersonalTokenInfo(
    long id,
    String name,
    TokenScope.Level level,
    List<String> projects,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable String lastUsedAddress) {}
