package io.orlop.platform.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Notes which endpoint was found for a request, before anything else looks at it. */
class RouteFilter {
  private static final int FIRST = 1;

  /** What a placeholder must look like is no news to people who read metrics. */
  private static final Pattern FORM = Pattern.compile("\\{(\\w+)\\s*:(?:[^{}]|\\{[^{}]*})*}");

  private final Map<Method, String> templates = new ConcurrentHashMap<>();

  @ServerRequestFilter(priority = FIRST)
  public void note(ResourceInfo resource, RoutingContext context) {
    RequestNotes.route(
        context, templates.computeIfAbsent(resource.getResourceMethod(), RouteFilter::template));
  }

  private static String template(Method endpoint) {
    String whole =
        path(endpoint.getDeclaringClass().getAnnotation(Path.class))
            + path(endpoint.getAnnotation(Path.class));
    return FORM.matcher(whole).replaceAll("{$1}");
  }

  private static String path(@Nullable Path annotation) {
    if (annotation == null) {
      return "";
    }
    return annotation.value().startsWith("/") ? annotation.value() : "/" + annotation.value();
  }
}
