package io.orlop.api.session;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.access.Authenticated;
import io.orlop.api.ApiDoor;
import io.orlop.api.OmitEmpty;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.api.PathId;
import io.orlop.api.People;
import io.orlop.api.SignInCookies;
import io.orlop.identity.Principal;
import io.orlop.identity.session.Session;
import io.orlop.identity.session.SessionInfo;
import io.orlop.identity.session.Sessions;
import io.orlop.platform.error.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestCookie;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Where the caller is signed in: Orlop's own. */
@Path("/api/v2.0/users/current/sessions")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
  private final Sessions sessions;
  private final People people;
  private final Pages pages;

  SessionResource(Sessions sessions, People people, Pages pages) {
    this.sessions = sessions;
    this.people = people;
    this.pages = pages;
  }

  /**
   * A session.
   *
   * @param current whether it is the one of this request
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record SessionResponse(
      long id,
      String address,
      @OmitEmpty String userAgent,
      boolean current,
      Instant creationTime,
      Instant lastSeenTime) {
    static SessionResponse of(SessionInfo session, long current) {
      return new SessionResponse(
          session.id(),
          session.address(),
          session.userAgent(),
          session.id() == current,
          session.createdAt(),
          session.lastSeenAt());
    }
  }

  @GET
  @Authenticated
  public RestResponse<List<SessionResponse>> list(
      @RestQuery @Nullable String page,
      @RestQuery("page_size") @Nullable String pageSize,
      @RestCookie(SignInCookies.SESSION) @Nullable String cookie,
      @Context HttpServerRequest request) {
    PageRequest wanted = PageRequest.parse(page, pageSize);
    Principal.UserPrincipal person = people.inFull();
    Sessions.Page found = sessions.list(person, wanted.limit(), wanted.offset());
    long current =
        Optional.ofNullable(cookie)
            .flatMap(value -> sessions.find(value, false))
            .map(Session::id)
            .orElse(0L);
    return pages.answer(
        found.sessions().stream().map(session -> SessionResponse.of(session, current)).toList(),
        found.total(),
        wanted,
        request);
  }

  /** Signs the caller out everywhere, here too. */
  @DELETE
  @Authenticated
  public Response endAll() {
    sessions.endAll(people.inFull());
    return Response.ok().build();
  }

  @DELETE
  @Path("/{session_id}")
  @Authenticated
  public Response end(@RestPath("session_id") String sessionId) {
    long id = PathId.parse("session_id", sessionId);
    if (!sessions.end(people.inFull(), id)) {
      throw ErrorCode.NOT_FOUND.exception("session " + id + " not found");
    }
    return Response.ok().build();
  }
}
