package io.orlop.api.audit;

import io.orlop.access.ProjectPermission;
import io.orlop.access.RequiresPermission;
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

/** The audit log of one project, in the older shape. */
@Path("/api/v2.0/projects/{project_name}/logs")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class OldProjectLogResource {
  private final AuditAnswers answers;

  OldProjectLogResource(AuditAnswers answers) {
    this.answers = answers;
  }

  @GET
  @RequiresPermission(ProjectPermission.LOG_LIST)
  public RestResponse<List<AuditLogResponse>> list(
      @BeanParam AuditQuery query, @Context HttpServerRequest request) {
    return answers.ofProject(query, request, AuditLogResponse::of);
  }
}
