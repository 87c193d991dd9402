package io.orlop.api.audit;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import io.orlop.notify.audit.LoggedEntry;
import java.time.Instant;

/** A line of the audit log, in Harbor's older shape. */
@JsonNaming(SnakeCaseStrategy.class)
record AuditLogResponse(
    long id,
    @OmitEmpty String username,
    @OmitEmpty String resource,
    @OmitEmpty String resourceType,
    @OmitEmpty String operation,
    Instant opTime) {
  static AuditLogResponse of(LoggedEntry entry) {
    return new AuditLogResponse(
        entry.id(),
        entry.username(),
        entry.resource(),
        entry.resourceType(),
        entry.operation(),
        entry.at());
  }
}
