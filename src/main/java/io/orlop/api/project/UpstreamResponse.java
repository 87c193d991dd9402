package io.orlop.api.project;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;

/** The upstream of a proxy cache in the contract's words; no project is one yet. */
@JsonNaming(SnakeCaseStrategy.class)
record UpstreamResponse(
    long id,
    String url,
    String name,
    Credential credential,
    String type,
    boolean insecure,
    String caCertificate,
    String description,
    String status,
    Instant creationTime,
    Instant updateTime) {

  /** How to sign in there; the secret is never told. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Credential(String type, String accessKey, String accessSecret) {}
}
