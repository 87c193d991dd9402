package io.orlop.api.proxy;

import io.orlop.access.RequiresSystemPermission;
import io.orlop.access.SystemPermission;
import io.orlop.api.ApiDoor;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.http.Arrival;
import io.orlop.platform.http.ClientAddress;
import io.orlop.platform.http.PublicUrl;
import io.orlop.platform.http.PublicUrls;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Examines the very request that asks, on its way through the proxies. */
@Path("/api/v2.0/proxy-check")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ProxyCheckResource {
  private final PublicUrls urls;
  private final ClientAddress clients;

  ProxyCheckResource(PublicUrls urls, ClientAddress clients) {
    this.urls = urls;
    this.clients = clients;
  }

  /**
   * Examines.
   *
   * @param url the address that the client typed, to compare with what was seen
   */
  @GET
  @RequiresSystemPermission(SystemPermission.CONFIGURATION_READ)
  public Response check(@RestQuery @Nullable String url, @Context HttpServerRequest request) {
    Arrival arrival = Arrival.of(request);
    Examination examination =
        new Examination(arrival, urls.seenBy(arrival), urls.configured(), typed(url));
    return Response.ok(ProxyReport.of(examination, clients.of(arrival)))
        .header("Cache-Control", "no-store")
        .build();
  }

  private static Optional<PublicUrl> typed(@Nullable String url) {
    try {
      return Optional.ofNullable(url).filter(text -> !text.isEmpty()).map(PublicUrl::parse);
    } catch (IllegalArgumentException e) {
      throw ErrorCode.BAD_REQUEST.exception("url in query: " + e.getMessage());
    }
  }
}
