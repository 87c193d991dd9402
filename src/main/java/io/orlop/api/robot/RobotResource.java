package io.orlop.api.robot;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.access.Authenticated;
import io.orlop.access.ProjectPermission;
import io.orlop.access.SystemPermission;
import io.orlop.access.grant.RobotGrants;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.ApiGate;
import io.orlop.api.Bodies;
import io.orlop.api.Changes;
import io.orlop.api.Created;
import io.orlop.api.PathId;
import io.orlop.api.robot.RobotGate.Deed;
import io.orlop.identity.Principal;
import io.orlop.identity.robot.NewRobot;
import io.orlop.identity.robot.RobotAccount;
import io.orlop.identity.robot.RobotNames;
import io.orlop.identity.robot.RobotPermission;
import io.orlop.identity.robot.RobotSecrets;
import io.orlop.identity.robot.RobotService;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.event.DomainEvent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Robot accounts. */
@Path("/api/v2.0/robots")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class RobotResource {
  private static final String ROBOT = "robot";

  private final RobotService robots;
  private final RobotSecrets secrets;
  private final RobotNames names;
  private final RobotGrants grants;
  private final RobotGate robotGate;
  private final ApiGate gate;
  private final ApiCall call;
  private final Created created;
  private final Changes changes;

  RobotResource(
      RobotService robots,
      RobotSecrets secrets,
      RobotNames names,
      RobotGrants grants,
      RobotGate robotGate,
      ApiGate gate,
      ApiCall call,
      Created created,
      Changes changes) {
    this.changes = changes;
    this.robots = robots;
    this.secrets = secrets;
    this.names = names;
    this.grants = grants;
    this.robotGate = robotGate;
    this.gate = gate;
    this.call = call;
    this.created = created;
  }

  /** What is told of a new account, this once. */
  @JsonNaming(SnakeCaseStrategy.class)
  record CreatedRobot(long id, String name, String secret, Instant creationTime, long expiresAt) {}

  /** A secret: what it is to be, or what it has become if nobody chose it. */
  record SecretBody(@Nullable String secret) {}

  /** Makes an account. What the body says of a secret is ignored, as in Harbor. */
  @POST
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = CreatedRobot.class)))
  @Authenticated
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@Nullable RobotRequest body, @Context HttpServerRequest request) {
    RobotRequest robot = Bodies.required(body, "robot");
    String name = robot.requireName();
    RobotLevel level = RobotLevel.parse(robot.level());
    robot.days(null);
    List<RobotGrants.Wanted> wanted = RobotPermissionBody.wanted(robot.permissions());
    Long project = projectFor(level, robot);
    List<RobotPermission> granted = grants.read(call.principal(), wanted);
    grants.require(call.principal(), granted);
    RobotService.Created made =
        robots.create(
            new NewRobot(
                name,
                project,
                project == null ? null : robot.namespace(),
                robot.terms(null, granted),
                call.principal() instanceof Principal.RobotPrincipal ? "robot" : "local",
                creatorRef()));
    RobotAccount account = made.account();
    changes.happened(new DomainEvent.RobotCreated(account.project(), account.name()));
    return created.at(
        request,
        account.id(),
        new CreatedRobot(
            account.id(),
            names.full(account.name()),
            made.secret(),
            account.createdAt(),
            account.expiresAt().orElse(RobotAccount.FOR_EVER)));
  }

  @GET
  @Path("/{robot_id}")
  @Authenticated
  public RobotResponse get(@RestPath("robot_id") String id) {
    RobotAccount robot = robotGate.require(Deed.READ, PathId.parse("robot_id", id));
    return RobotResponse.of(robot, names.full(robot.name()));
  }

  @PUT
  @Path("/{robot_id}")
  @Authenticated
  @Consumes(MediaType.APPLICATION_JSON)
  public Response update(@RestPath("robot_id") String id, @Nullable RobotRequest body) {
    RobotAccount robot = robotGate.require(Deed.UPDATE, PathId.parse("robot_id", id));
    RobotRequest wanted = Bodies.required(body, "robot");
    if (!robot.editable()) {
      throw ErrorCode.DENIED.exception("editing of legacy robot is not allowed");
    }
    wanted.days(robot);
    RobotLevel level = RobotLevel.parse(wanted.level());
    List<RobotGrants.Wanted> permissions = RobotPermissionBody.wanted(wanted.permissions());
    if (level != RobotResponse.level(robot) || !names.full(robot.name()).equals(wanted.name())) {
      throw ErrorCode.BAD_REQUEST.exception("cannot update the level or name of robot");
    }
    List<RobotPermission> granted = grants.read(call.principal(), permissions);
    if (level == RobotLevel.PROJECT) {
      wanted.requireOneProject();
      if (!Objects.equals(granted.getFirst().projectId(), robot.projectId())) {
        throw ErrorCode.BAD_REQUEST.exception("cannot update the project id of robot");
      }
    }
    grants.require(call.principal(), added(robot, granted));
    robots.update(robot, wanted.terms(robot, granted));
    changes.inProject(robot.project(), Changes.UPDATE, ROBOT, robot.name());
    return Response.ok().build();
  }

  /** Puts a new secret in the place of all others: they are refused from this answer on. */
  @PATCH
  @Path("/{robot_id}")
  @Authenticated
  @Consumes(MediaType.APPLICATION_JSON)
  public SecretBody refresh(@RestPath("robot_id") String id, @Nullable SecretBody body) {
    RobotAccount robot = robotGate.require(Deed.UPDATE, PathId.parse("robot_id", id));
    SecretBody wanted = Bodies.required(body, "robotSec");
    grants.require(call.principal(), robot.permissions());
    String shown = "";
    if (wanted.secret() == null || wanted.secret().isEmpty()) {
      shown = secrets.replace(robot.id());
    } else {
      secrets.replace(robot.id(), wanted.secret());
    }
    changes.inProject(robot.project(), Changes.UPDATE, ROBOT, robot.name());
    return new SecretBody(shown);
  }

  @DELETE
  @Path("/{robot_id}")
  @Authenticated
  public Response delete(@RestPath("robot_id") String id) {
    RobotAccount robot = robotGate.require(Deed.DELETE, PathId.parse("robot_id", id));
    robots.delete(robot.id());
    changes.happened(new DomainEvent.RobotDeleted(robot.project(), robot.name()));
    return Response.ok().build();
  }

  /** Requires that the caller may make an account there. */
  private @Nullable Long projectFor(RobotLevel level, RobotRequest robot) {
    return switch (level) {
      case SYSTEM -> {
        gate.require(SystemPermission.ROBOT_CREATE);
        yield null;
      }
      case PROJECT -> {
        robot.requireOneProject();
        yield gate.require(ProjectPermission.ROBOT_CREATE, robot.namespace(), true).projectId();
      }
    };
  }

  /** What an account has already may stay, whoever changes something else. */
  private static List<RobotPermission> added(RobotAccount robot, List<RobotPermission> granted) {
    Set<RobotPermission> had = new HashSet<>(robot.permissions());
    return granted.stream()
        .filter(permission -> had.stream().noneMatch(held -> held.covers(permission)))
        .toList();
  }

  private long creatorRef() {
    return switch (call.principal()) {
      case Principal.UserPrincipal user -> user.id();
      case Principal.PersonalToken token -> token.user().id();
      case Principal.RobotPrincipal robot -> robot.id();
      case Principal.Anonymous _ -> 0;
    };
  }
}
