package io.orlop.api.robot;

import io.orlop.access.Authenticated;
import io.orlop.access.ProjectPermission;
import io.orlop.access.SystemPermission;
import io.orlop.api.ApiDoor;
import io.orlop.api.ApiGate;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.identity.robot.RobotNames;
import io.orlop.identity.robot.RobotService;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.query.Condition;
import io.orlop.platform.query.Criteria;
import io.orlop.platform.query.Listing;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Lists of robot accounts: those of the system, or those of one project. */
@Path("/api/v2.0/robots")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class RobotListResource {
  private static final Listing FIELDS =
      Listing.orderedBy("r.name, r.id", "r.id")
          .number("id", "r.id")
          .text("name", "r.name")
          .text("description", "r.description")
          .number("duration", "r.duration")
          .number("expires_at", "coalesce(extract(epoch FROM r.expires_at)::bigint, -1)")
          .truth("disabled", "r.disabled")
          .truth("disable", "r.disabled")
          .truth("editable", "r.editable")
          .text("creator_type", "r.creator_type")
          .number("creator_ref", "r.creator_ref")
          .time("creation_time", "r.created_at")
          .time("update_time", "r.updated_at")
          .time("last_used_time", "r.last_used_at")
          .special("level")
          .special("project_id")
          .build();

  private final RobotService robots;
  private final RobotNames names;
  private final ApiGate gate;
  private final Pages pages;

  RobotListResource(RobotService robots, RobotNames names, ApiGate gate, Pages pages) {
    this.robots = robots;
    this.names = names;
    this.gate = gate;
    this.pages = pages;
  }

  /** The parameters of a list. */
  record ListQuery(
      @RestQuery @Nullable String page,
      @RestQuery("page_size") @Nullable String pageSize,
      @RestQuery @Nullable String q,
      @RestQuery @Nullable String sort) {}

  /** Lists the accounts of the system, or with {@code q=Level=project,ProjectID=1} a project's. */
  @GET
  @Authenticated
  public RestResponse<List<RobotResponse>> list(
      @BeanParam ListQuery query, @Context HttpServerRequest request) {
    PageRequest page = PageRequest.parse(query.page(), query.pageSize());
    Criteria criteria = limited(FIELDS.read(query.q(), query.sort()));
    RobotService.Page found = robots.list(criteria, page.limit(), page.offset());
    List<RobotResponse> items =
        found.robots().stream()
            .map(robot -> RobotResponse.of(robot, names.full(robot.name())))
            .toList();
    return pages.answer(items, found.total(), page, request);
  }

  private Criteria limited(Criteria criteria) {
    RobotLevel level =
        criteria
            .special("level")
            .map(condition -> RobotLevel.parse(exact("Level", condition)))
            .orElse(RobotLevel.SYSTEM);
    return switch (level) {
      case SYSTEM -> {
        gate.require(SystemPermission.ROBOT_LIST);
        yield criteria.with("r.project_id IS NULL");
      }
      case PROJECT -> {
        long project = project(criteria);
        gate.require(ProjectPermission.ROBOT_LIST, project);
        yield criteria.with("r.project_id = ?", project);
      }
    };
  }

  private static long project(Criteria criteria) {
    Condition condition =
        criteria
            .special("projectid")
            .orElseThrow(() ->
                ErrorCode.BAD_REQUEST.exception(
                    "must with project ID when to query project robots"));
    try {
      return Long.parseLong(exact("ProjectID", condition));
    } catch (NumberFormatException e) {
      throw notExact("ProjectID").causedBy(e);
    }
  }

  private static String exact(String field, Condition condition) {
    return switch (condition) {
      case Condition.Exact(String value) -> value;
      case Condition.Fuzzy _, Condition.Range _, Condition.AnyOf _, Condition.AllOf _ ->
          throw notExact(field);
    };
  }

  private static RegistryException notExact(String field) {
    return ErrorCode.BAD_REQUEST.exception("the value of " + field + " in q is not allowed");
  }
}
