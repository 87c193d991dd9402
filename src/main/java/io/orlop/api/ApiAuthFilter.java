package io.orlop.api;

import io.orlop.access.Authenticated;
import io.orlop.access.PublicEndpoint;
import io.orlop.access.RequiresSystemAdministrator;
import io.orlop.identity.Authentication;
import io.orlop.identity.Principal;
import io.orlop.platform.http.BasicCredentials;
import io.orlop.platform.http.RequestNotes;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets an API request in as its endpoint's annotation says, before its body is read.
 *
 * <p>Wrong credentials are as good as none, as in Harbor: a public endpoint gives the anonymous
 * answer, any other 401. No answer carries a challenge: browsers would ask for a password.
 */
class ApiAuthFilter {
  private final Authentication authentication;
  private final ApiCall call;

  ApiAuthFilter(Authentication authentication, ApiCall call) {
    this.authentication = authentication;
    this.call = call;
  }

  @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
  @ApiDoor
  public void admit(
      ContainerRequestContext context, ResourceInfo resource, RoutingContext routing) {
    call.madeBy(callerOf(context));
    RequestNotes.principal(routing, call.principal().name());
    Method endpoint = resource.getResourceMethod();
    if (endpoint.isAnnotationPresent(RequiresSystemAdministrator.class)) {
      if (!call.principal().systemAdministrator()) {
        throw Refusals.of(call);
      }
    } else if (endpoint.isAnnotationPresent(Authenticated.class)) {
      if (call.isAnonymous()) {
        throw Refusals.of(call);
      }
    } else if (!endpoint.isAnnotationPresent(PublicEndpoint.class)) {
      throw new IllegalStateException("The endpoint " + endpoint + " does not say who may use it");
    }
  }

  private Principal callerOf(ContainerRequestContext context) {
    return BasicCredentials.parse(context.getHeaderString(HttpHeaders.AUTHORIZATION))
        .flatMap(basic -> authentication.authenticate(basic.username(), basic.password()))
        .<Principal>map(user -> user)
        .orElse(Principal.ANONYMOUS);
  }
}
