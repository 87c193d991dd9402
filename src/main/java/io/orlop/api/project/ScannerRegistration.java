package io.orlop.api.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Map;

/** A scanner in the contract's words; there is none yet. */
@JsonNaming(SnakeCaseStrategy.class)
record ScannerRegistration(
    String uuid,
    String name,
    String description,
    String url,
    boolean disabled,
    boolean isDefault,
    String auth,
    String accessCredential,
    @JsonProperty("skip_certVerify") boolean skipCertVerify,
    boolean useInternalAddr,
    Instant createTime,
    Instant updateTime,
    String adapter,
    String vendor,
    String version,
    String health,
    Map<String, Object> capabilities) {}
