package io.orlop.api.repository;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import io.orlop.catalog.inventory.RepositoryInfo;
import java.time.Instant;

/** A repository in the contract's words. */
@JsonNaming(SnakeCaseStrategy.class)
record RepositoryResponse(
    long id,
    long projectId,
    String name,
    @OmitEmpty String description,
    long artifactCount,
    long pullCount,
    Instant creationTime,
    Instant updateTime) {

  static RepositoryResponse of(RepositoryInfo repository) {
    return new RepositoryResponse(
        repository.id(),
        repository.projectId(),
        repository.name(),
        repository.description(),
        repository.artifacts(),
        repository.pulls(),
        repository.createdAt(),
        repository.updatedAt());
  }
}
