package io.orlop.platform.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/**
 * What is noted about a request while it is served, for metrics, traces and the access log. Whoever
 * serves a request without the framework's search for an endpoint notes it himself.
 */
public final class RequestNotes {
  private static final String ROUTE = "orlop.route";
  private static final String PRINCIPAL = "orlop.principal";

  private RequestNotes() {}

  /**
   * Notes which endpoint serves a request.
   *
   * @param template its path with placeholders, such as {@code /v2/{name}/tags/list}; one of a few,
   *     never what a client sent
   */
  public static void route(RoutingContext context, String template) {
    context.put(ROUTE, template);
  }

  /** Notes who makes a request, once that is certain. */
  public static void principal(RoutingContext context, String name) {
    context.put(PRINCIPAL, name);
  }

  /** Returns the noted route; {@code other} if no endpoint was found. */
  static String routeOf(RoutingContext context) {
    return Objects.requireNonNullElse(context.get(ROUTE), "other");
  }

  /** Returns the noted principal; empty for nobody in particular. */
  static String principalOf(RoutingContext context) {
    return Objects.requireNonNullElse(context.get(PRINCIPAL), "");
  }
}
