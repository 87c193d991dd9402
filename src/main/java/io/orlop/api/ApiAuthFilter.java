package io.orlop.api;

import io.orlop.access.Administration;
import io.orlop.access.Authenticated;
import io.orlop.access.ProjectPermission;
import io.orlop.access.PublicEndpoint;
import io.orlop.access.RequiresPermission;
import io.orlop.access.RequiresSystemAdministrator;
import io.orlop.access.RequiresSystemPermission;
import io.orlop.platform.http.ClientAddress;
import io.orlop.platform.http.RequestNotes;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets an API request in as its endpoint's annotation says, before its body is read.
 *
 * <p>Wrong credentials are as good as none, as in Harbor: a public endpoint gives the anonymous
 * answer, any other 401. No answer carries a challenge: browsers would ask for a password.
 */
class ApiAuthFilter {
  private static final Set<String> LOOKING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final CallerChain callers;
  private final ApiGate gate;
  private final Administration administration;
  private final ApiCall call;
  private final ClientAddress addresses;

  ApiAuthFilter(
      CallerChain callers,
      ApiGate gate,
      Administration administration,
      ApiCall call,
      ClientAddress addresses) {
    this.addresses = addresses;
    this.callers = callers;
    this.gate = gate;
    this.call = call;
    this.administration = administration;
  }

  @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
  @ApiDoor
  public void admit(
      ContainerRequestContext context, ResourceInfo resource, RoutingContext routing) {
    String address = addresses.of(routing.request());
    call.madeBy(callers.of(context, address), address);
    if (context.getCookies().containsKey(SignInCookies.SESSION)) {
      call.carriesSession();
    }
    RequestNotes.principal(routing, call.principal().caller());
    Method endpoint = resource.getResourceMethod();
    RequiresPermission permission = endpoint.getAnnotation(RequiresPermission.class);
    RequiresSystemPermission system = endpoint.getAnnotation(RequiresSystemPermission.class);
    if (permission != null) {
      enter(needed(permission.value(), context), context);
    } else if (system != null) {
      gate.require(system.value());
    } else if (endpoint.isAnnotationPresent(RequiresSystemAdministrator.class)) {
      refuseUnless(call.principal().systemAdministrator());
    } else if (endpoint.isAnnotationPresent(Authenticated.class)) {
      refuseUnless(!call.isAnonymous());
    } else if (!endpoint.isAnnotationPresent(PublicEndpoint.class)) {
      throw new IllegalStateException("The endpoint " + endpoint + " does not say who may use it");
    }
  }

  /** Who may look at everything needs no more to look, whatever a look takes others. */
  private ProjectPermission needed(ProjectPermission declared, ContainerRequestContext context) {
    return LOOKING.contains(context.getMethod()) && administration.seesAll(call.principal())
        ? ProjectPermission.PROJECT_READ
        : declared;
  }

  /** Paths of repositories take a project's name only, all others its id, too. */
  private void enter(ProjectPermission permission, ContainerRequestContext context) {
    MultivaluedMap<String, String> path = context.getUriInfo().getPathParameters();
    String name = path.getFirst(ApiPaths.PROJECT_NAME);
    String repository = path.getFirst(ApiPaths.REPOSITORY);
    if (name != null && repository != null) {
      String decoded = ApiPaths.repository(repository);
      call.works(gate.require(permission, name, decoded), decoded);
    } else if (name != null) {
      call.works(gate.require(permission, name, true));
    } else {
      boolean isName =
          Booleans.parse(context.getHeaderString(ApiPaths.IS_RESOURCE_NAME)).orElse(false);
      String project = Objects.requireNonNull(path.getFirst(ApiPaths.PROJECT));
      call.works(gate.require(permission, project, isName));
    }
  }

  private void refuseUnless(boolean allowed) {
    if (!allowed) {
      throw Refusals.of(call);
    }
  }
}
