package io.orlop.system.tls;

import io.orlop.platform.http.PublicUrl;
import io.orlop.platform.http.PublicUrls;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.stream.Stream;

/**
 * Sends browsers from HTTP to HTTPS. Nobody else: Docker does not take a redirect of {@code /v2/}
 * for an answer, and a script that posts its password has told it already.
 */
class BrowserRedirect {
  private static final int TEMPORARY = 307;
  private static final int PRIORITY = 8_000;

  private final TlsConfig config;
  private final PublicUrls urls;

  BrowserRedirect(TlsConfig config, PublicUrls urls) {
    this.config = config;
    this.urls = urls;
  }

  void install(@Observes Filters filters) {
    if (config.certificate().isPresent() && config.redirectBrowsers()) {
      filters.register(this::redirect, PRIORITY);
    }
  }

  private void redirect(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.isSSL() || !isPage(request)) {
      context.next();
      return;
    }
    PublicUrl asked = urls.of(request);
    if (asked.scheme().equals("https")) {
      context.next(); // A proxy speaks TLS for us.
      return;
    }
    String port = config.port() == 443 ? "" : ":" + config.port();
    context
        .response()
        .setStatusCode(TEMPORARY)
        .putHeader(HttpHeaders.LOCATION, "https://" + asked.host() + port + request.uri())
        .end();
  }

  private static boolean isPage(HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    String path = request.path();
    return (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD))
        && accept != null
        && accept.contains("text/html")
        && path != null
        && Stream.of("/v2", "/service/", "/api/").noneMatch(path::startsWith);
  }
}
