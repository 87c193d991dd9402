package io.orlop.api.audit;

import io.orlop.access.Authenticated;
import io.orlop.api.ApiDoor;
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

/** The audit log, in the older shape. */
@Path("/api/v2.0/audit-logs")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class OldAuditLogResource {
  private final AuditAnswers answers;

  OldAuditLogResource(AuditAnswers answers) {
    this.answers = answers;
  }

  @GET
  @Authenticated
  public RestResponse<List<AuditLogResponse>> list(
      @BeanParam AuditQuery query, @Context HttpServerRequest request) {
    return answers.ofCaller(query, request, AuditLogResponse::of);
  }
}
