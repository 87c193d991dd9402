package io.orlop.registry.v2;

import io.orlop.access.Authenticated;
import io.orlop.access.RequiresAction;
import io.orlop.access.RequiresSystemAdministrator;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.http.ClientAddress;
import io.orlop.platform.http.PublicUrls;
import io.orlop.platform.http.RequestNotes;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets a registry request in as its endpoint's annotation says, before its body is read. */
class RegistryAuthFilter {
  private final Gatekeeper gatekeeper;
  private final RegistryCall call;
  private final PublicUrls urls;
  private final ClientAddress addresses;

  RegistryAuthFilter(
      Gatekeeper gatekeeper, RegistryCall call, PublicUrls urls, ClientAddress addresses) {
    this.addresses = addresses;
    this.gatekeeper = gatekeeper;
    this.call = call;
    this.urls = urls;
  }

  @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
  @RegistryDoor
  public void admit(
      ContainerRequestContext context, ResourceInfo resource, RoutingContext routing) {
    Visitor visitor =
        new Visitor(
            context.getHeaderString(HttpHeaders.AUTHORIZATION),
            () -> addresses.of(routing.request()),
            () -> urls.of(routing.request()),
            challenge -> context.setProperty(Challenge.PROPERTY, challenge));
    Method endpoint = resource.getResourceMethod();
    RequiresAction permission = endpoint.getAnnotation(RequiresAction.class);
    if (permission != null) {
      String name = context.getUriInfo().getPathParameters().getFirst("name");
      gatekeeper.admit(visitor, new RepositoryName(name), permission.value(), call);
    } else if (endpoint.isAnnotationPresent(RequiresSystemAdministrator.class)) {
      gatekeeper.admitToCatalog(visitor, call);
    } else if (endpoint.isAnnotationPresent(Authenticated.class)) {
      gatekeeper.admitAnybodySignedIn(visitor, call);
    } else {
      throw new IllegalStateException("The endpoint " + endpoint + " does not say who may use it");
    }
    RequestNotes.principal(routing, call.principal().caller());
  }
}
