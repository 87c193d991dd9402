package io.orlop.api.user;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import java.time.Instant;

/**
 * The secret for command lines of somebody, where Harbor's clients look for it.
 *
 * @param subiss who the person is at the OpenID Connect provider; empty for a local account
 */
@JsonNaming(SnakeCaseStrategy.class)
record CliSecretResponse(
    long id,
    long userId,
    @OmitEmpty String subiss,
    String secret,
    Instant creationTime,
    Instant updateTime) {}
