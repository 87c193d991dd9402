package io.orlop.api.artifact;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import io.orlop.catalog.inventory.AccessoryInfo;
import java.time.Instant;
import java.util.Objects;

/** What belongs to an artifact, in the contract's words. Accessories have no icons of their own. */
@JsonNaming(SnakeCaseStrategy.class)
record AccessoryResponse(
    long id,
    long artifactId,
    @OmitEmpty long subjectArtifactId,
    String subjectArtifactDigest,
    String subjectArtifactRepo,
    long size,
    String digest,
    String type,
    String icon,
    Instant creationTime) {

  static AccessoryResponse of(AccessoryInfo accessory) {
    return new AccessoryResponse(
        accessory.artifactId(),
        accessory.artifactId(),
        Objects.requireNonNullElse(accessory.subjectId(), 0L),
        accessory.subjectDigest(),
        accessory.repository(),
        accessory.size(),
        accessory.digest(),
        accessory.type(),
        "",
        accessory.createdAt());
  }
}
