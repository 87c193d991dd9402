package io.orlop.registry.token;

import io.orlop.access.PublicEndpoint;
import io.orlop.identity.RefreshTokens;
import io.orlop.platform.error.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/**
 * Ends a refresh token. Whoever has the token may do so; one that is unknown is as good as ended.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009, token revocation</a>
 */
@Path("/service/token/revoke")
@RunOnVirtualThread
public class RevocationResource {
  private final RefreshTokens refreshTokens;

  RevocationResource(RefreshTokens refreshTokens) {
    this.refreshTokens = refreshTokens;
  }

  /** Ends a token. */
  @POST
  @PublicEndpoint
  public Response revoke(@RestForm @Nullable String token) {
    if (token == null) {
      throw ErrorCode.PARAMETER_INVALID.exception("the form parameter token is missing");
    }
    refreshTokens.revoke(token);
    return Response.ok().build();
  }
}
