package io.orlop.registry.token;

import io.orlop.access.PublicEndpoint;
import io.orlop.identity.Attempt;
import io.orlop.identity.Authentication;
import io.orlop.identity.Principal;
import io.orlop.identity.RefreshTokens;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.event.DomainEvent;
import io.orlop.platform.event.DomainEvents;
import io.orlop.platform.http.BasicCredentials;
import io.orlop.platform.http.ClientAddress;
import io.orlop.platform.http.RequestNotes;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * The token service.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">GET</a>
 * @see <a href="https://distribution.github.io/distribution/spec/auth/oauth/">POST</a>
 */
@Path("/service/token")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {
  private static final int MAX_SCOPES = 100;

  private final TokenService tokens;
  private final Authentication authentication;
  private final RefreshTokens refreshTokens;
  private final ClientAddress addresses;
  private final RoutingContext request;
  private final DomainEvents events;

  TokenResource(
      TokenService tokens,
      Authentication authentication,
      RefreshTokens refreshTokens,
      ClientAddress addresses,
      RoutingContext request,
      DomainEvents events) {
    this.events = events;
    this.addresses = addresses;
    this.request = request;
    this.tokens = tokens;
    this.authentication = authentication;
    this.refreshTokens = refreshTokens;
  }

  /** Gives a token to whoever the Basic credentials belong to, or to anybody without them. */
  @GET
  @PublicEndpoint
  public TokenResponse get(
      @RestHeader(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @RestQuery @Nullable String service,
      @RestQuery List<String> scope,
      @RestQuery("offline_token") boolean offline,
      @RestQuery("client_id") @Nullable String clientId) {
    requireService(service);
    Principal principal = authorization == null ? Principal.ANONYMOUS : byBasic(authorization);
    String refresh = refreshToken(principal, offline, clientId);
    return TokenResponse.of(tokens.issue(principal, scopes(scope)), refresh);
  }

  /** Gives a token for a password or a refresh token, as OAuth 2 asks for them. */
  @POST
  @PublicEndpoint
  public TokenResponse post(
      @RestForm("grant_type") @Nullable String grantType,
      @RestForm @Nullable String service,
      @RestForm("client_id") @Nullable String clientId,
      @RestForm @Nullable List<String> scope,
      @RestForm("access_type") @Nullable String accessType,
      @RestForm @Nullable String username,
      @RestForm @Nullable String password,
      @RestForm("refresh_token") @Nullable String refreshToken) {
    requireService(service);
    List<Scope> asked = scopes(scope == null ? List.of() : scope);
    if ("refresh_token".equals(grantType) && refreshToken != null) {
      Principal principal = known(refreshTokens.redeem(refreshToken));
      return TokenResponse.of(tokens.issue(principal, asked), refreshToken);
    }
    if ("password".equals(grantType) && username != null && password != null) {
      Principal principal = signedIn(username, password);
      String refresh = refreshToken(principal, "offline".equals(accessType), clientId);
      return TokenResponse.of(tokens.issue(principal, asked), refresh);
    }
    throw ErrorCode.PARAMETER_INVALID.exception(
        "grant_type must be password, with username and password, or refresh_token, with refresh_token");
  }

  private Principal byBasic(String authorization) {
    BasicCredentials basic =
        BasicCredentials.parse(authorization).orElseThrow(TokenResource::unknown);
    return signedIn(basic.username(), basic.password());
  }

  /** Clients do this before every other request, so the log is told that it means little. */
  private Principal signedIn(String username, String password) {
    Optional<? extends Principal> found =
        authentication.authenticate(
            new Attempt(username, password, addresses.of(request.request())));
    found.ifPresent(principal -> RequestNotes.principal(request, principal.caller()));
    events.happened(new DomainEvent.SignedIn(username, found.isPresent(), true));
    return known(found);
  }

  private Principal known(Optional<? extends Principal> principal) {
    Principal known = principal.map(Principal.class::cast).orElseThrow(TokenResource::unknown);
    RequestNotes.principal(request, known.caller());
    return known;
  }

  /** Only a password is worth another secret in its place: machines keep what they have. */
  private @Nullable String refreshToken(
      Principal principal, boolean offline, @Nullable String clientId) {
    return offline && principal instanceof Principal.UserPrincipal user
        ? refreshTokens.issue(user, named(clientId))
        : null;
  }

  private static RegistryException unknown() {
    return ErrorCode.UNAUTHORIZED.exception("authentication required");
  }

  private static void requireService(@Nullable String service) {
    if (service != null && !service.equals(TokenCodec.AUDIENCE)) {
      throw ErrorCode.PARAMETER_INVALID.exception("Unable to handle service: " + service);
    }
  }

  /** Scopes come repeated, or joined by spaces in one parameter. */
  private static List<Scope> scopes(List<String> parameters) {
    List<String> texts =
        parameters.stream()
            .flatMap(text -> List.of(text.strip().split(" +", -1)).stream())
            .toList();
    if (texts.size() > MAX_SCOPES) {
      throw ErrorCode.PARAMETER_INVALID.exception("more than " + MAX_SCOPES + " scopes");
    }
    return texts.stream().flatMap(text -> Scope.parse(text).stream()).toList();
  }

  private static String named(@Nullable String clientId) {
    return clientId == null ? "" : clientId.substring(0, Math.min(clientId.length(), 100));
  }
}
