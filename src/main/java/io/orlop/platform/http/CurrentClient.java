package io.orlop.platform.http;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.Optional;

/** Tells who is on the other end of the request that is being served, to those who see no HTTP. */
@ApplicationScoped
public class CurrentClient {
  private final ClientAddress addresses;
  private final CurrentVertxRequest current;

  CurrentClient(ClientAddress addresses, CurrentVertxRequest current) {
    this.addresses = addresses;
    this.current = current;
  }

  /** Returns the client's address; empty outside of a request. */
  public Optional<InetAddress> address() {
    if (!Arc.container().requestContext().isActive()) {
      return Optional.empty();
    }
    RoutingContext request = current.getCurrent();
    return request == null ? Optional.empty() : addresses.addressOf(request.request());
  }
}
