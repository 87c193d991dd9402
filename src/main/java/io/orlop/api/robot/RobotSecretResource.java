package io.orlop.api.robot;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.access.Authenticated;
import io.orlop.api.ApiDoor;
import io.orlop.api.Changes;
import io.orlop.api.Created;
import io.orlop.api.OmitEmpty;
import io.orlop.api.PathId;
import io.orlop.api.robot.RobotGate.Deed;
import io.orlop.identity.robot.RobotAccount;
import io.orlop.identity.robot.RobotSecrets;
import io.orlop.platform.error.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The secrets of a robot account, for changing them without an outage. Orlop's own. */
@Path("/api/v2.0/robots/{robot_id}/secrets")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class RobotSecretResource {
  private static final long MAX_OVERLAP = Duration.ofDays(365).toSeconds();

  private final RobotSecrets secrets;
  private final RobotGate gate;
  private final Created created;
  private final Changes changes;

  RobotSecretResource(RobotSecrets secrets, RobotGate gate, Created created, Changes changes) {
    this.secrets = secrets;
    this.gate = gate;
    this.created = created;
    this.changes = changes;
  }

  /**
   * How to make a second secret.
   *
   * @param overlap for how many seconds the first one lives on; absent until it is deleted
   */
  record OverlapRequest(@Nullable Long overlap) {
    @Nullable Duration duration() {
      if (overlap != null && (overlap < 0 || overlap > MAX_OVERLAP)) {
        throw ErrorCode.UNPROCESSABLE_ENTITY.exception(
            "overlap in body must be 0 to " + MAX_OVERLAP + " seconds");
      }
      return overlap == null ? null : Duration.ofSeconds(overlap);
    }
  }

  /** A secret as it is told of; the secret itself only by whoever made it, once. */
  @JsonNaming(SnakeCaseStrategy.class)
  record SecretResponse(
      long id,
      @OmitEmpty @Nullable String secret,
      Instant creationTime,
      @OmitEmpty @Nullable Instant expiresAt,
      @OmitEmpty @Nullable Instant lastUsedTime,
      @OmitEmpty @Nullable String lastUsedAddress) {

    static SecretResponse of(RobotSecrets.Known known, @Nullable String secret) {
      return new SecretResponse(
          known.id(),
          secret,
          known.createdAt(),
          known.expiresAt(),
          known.lastUsedAt(),
          known.lastUsedAddress());
    }
  }

  @GET
  @Authenticated
  public List<SecretResponse> list(@RestPath("robot_id") String id) {
    long robot = gate.requireKeys(Deed.READ, PathId.parse("robot_id", id)).id();
    return secrets.list(robot).stream().map(known -> SecretResponse.of(known, null)).toList();
  }

  @POST
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = SecretResponse.class)))
  @Authenticated
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add(
      @RestPath("robot_id") String id,
      @Nullable OverlapRequest body,
      @Context HttpServerRequest request) {
    RobotAccount robot = gate.requireKeys(Deed.UPDATE, PathId.parse("robot_id", id));
    RobotSecrets.Made made = secrets.add(robot.id(), body == null ? null : body.duration());
    tell(Changes.CREATE, robot, made.known().id());
    return created.at(request, made.known().id(), SecretResponse.of(made.known(), made.secret()));
  }

  @DELETE
  @Path("/{secret_id}")
  @Authenticated
  public Response delete(@RestPath("robot_id") String id, @RestPath("secret_id") String secretId) {
    RobotAccount robot = gate.requireKeys(Deed.UPDATE, PathId.parse("robot_id", id));
    long secret = PathId.parse("secret_id", secretId);
    secrets.delete(robot.id(), secret);
    tell(Changes.DELETE, robot, secret);
    return Response.ok().build();
  }

  private void tell(String operation, RobotAccount robot, long secret) {
    changes.inProject(robot.project(), operation, "robot_secret", robot.name() + ":" + secret);
  }
}
