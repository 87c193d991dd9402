package io.orlop.api.audit;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import io.orlop.notify.audit.LoggedEntry;
import java.time.Instant;

/**
 * A line of the audit log. After Harbor's members come those that say how the request came.
 *
 * @param operationResult whether it was done
 * @param authMethod how the caller was known, such as password, token or session
 * @param robotId the robot account that did it
 * @param tokenId the personal token that was used
 */
@JsonNaming(SnakeCaseStrategy.class)
record AuditLogExtResponse(
    long id,
    @OmitEmpty String username,
    @OmitEmpty String resource,
    @OmitEmpty String resourceType,
    @OmitEmpty String operation,
    @OmitEmpty String operationDescription,
    boolean operationResult,
    Instant opTime,
    @OmitEmpty String authMethod,
    @OmitEmpty String clientAddress,
    @OmitEmpty String userAgent,
    @OmitEmpty String requestId,
    @OmitEmpty long robotId,
    @OmitEmpty long tokenId) {
  static AuditLogExtResponse of(LoggedEntry entry) {
    return new AuditLogExtResponse(
        entry.id(),
        entry.username(),
        entry.resource(),
        entry.resourceType(),
        entry.operation(),
        entry.description(),
        entry.succeeded(),
        entry.at(),
        entry.origin().method(),
        entry.origin().address(),
        entry.origin().userAgent(),
        entry.origin().requestId(),
        entry.origin().robotId(),
        entry.origin().tokenId());
  }
}
