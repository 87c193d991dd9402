package io.orlop.api.audit;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.access.Authenticated;
import io.orlop.access.RequiresSystemPermission;
import io.orlop.access.SystemPermission;
import io.orlop.api.ApiDoor;
import io.orlop.notify.audit.AuditLog;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** The audit log: all of it, or of the projects whose log the caller may read. */
@Path("/api/v2.0/auditlog-exts")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class AuditLogResource {
  private final AuditAnswers answers;

  AuditLogResource(AuditAnswers answers) {
    this.answers = answers;
  }

  /** A kind of entry, by the name that switches it off. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record EventType(String eventType) {}

  @GET
  @Authenticated
  public RestResponse<List<AuditLogExtResponse>> list(
      @BeanParam AuditQuery query, @Context HttpServerRequest request) {
    return answers.ofCaller(query, request, AuditLogExtResponse::of);
  }

  @GET
  @Path("/events")
  @RequiresSystemPermission(SystemPermission.AUDIT_LOG_LIST)
  public List<EventType> eventTypes() {
    return AuditLog.EVENT_TYPES.stream().map(EventType::new).toList();
  }
}
