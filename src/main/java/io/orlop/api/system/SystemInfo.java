package io.orlop.api.system;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the system is set up. Anonymous callers see what a sign-in page needs; for them everything
 * else is null and left out.
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record SystemInfo(
    String authMode,
    boolean primaryAuthMode,
    boolean selfRegistration,
    String bannerMessage,
    String oidcProviderName,
    @Nullable String harborVersion,
    @Nullable String externalUrl,
    @Nullable String registryUrl,
    @Nullable String projectCreationRestriction,
    @Nullable Boolean hasCaRoot,
    @Nullable String registryStorageProviderName,
    @Nullable Boolean readOnly,
    @Nullable Boolean notificationEnable,
    @Nullable Instant currentTime) {}
