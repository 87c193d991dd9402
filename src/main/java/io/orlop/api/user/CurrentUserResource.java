package io.orlop.api.user;

import io.orlop.access.Authenticated;
import io.orlop.api.ApiDoor;
import io.orlop.api.People;
import io.orlop.identity.user.UserQueries;
import io.orlop.platform.error.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The person who calls. */
@Path("/api/v2.0/users/current")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CurrentUserResource {
  private final UserQueries queries;
  private final People people;
  private final CliSecretView secrets;

  CurrentUserResource(UserQueries queries, People people, CliSecretView secrets) {
    this.secrets = secrets;
    this.queries = queries;
    this.people = people;
  }

  @GET
  @Authenticated
  public UserResponse current() {
    return queries
        .find(people.calling().id())
        .map(user -> UserResponse.of(user, secrets.of(user.id())))
        .orElseThrow(() -> ErrorCode.NOT_FOUND.exception("user not found"));
  }
}
