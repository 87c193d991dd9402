package io.orlop.platform.http;

import io.orlop.platform.event.Caller;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is noted about a request while it is served, for metrics, traces and the access log. Whoever
 * serves a request without the framework's search for an endpoint notes it himself.
 */
public final class RequestNotes {
  private static final String ROUTE = "orlop.route";
  private static final String PRINCIPAL = "orlop.principal";
  private static final String CALLER = "orlop.caller";
  private static final String RECEIVED = "orlop.received";

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

  /** Notes who makes a request, and by which account or token, once that is certain. */
  public static void principal(RoutingContext context, Caller caller) {
    principal(context, caller.name());
    context.put(CALLER, caller);
  }

  /** Returns who makes a request, as far as that was noted. */
  static Caller callerOf(RoutingContext context) {
    Caller caller = context.get(CALLER);
    return caller == null ? Caller.named(principalOf(context)) : caller;
  }

  /** Notes bytes of a body that the framework does not get to see, in the connection's thread. */
  static void received(RoutingContext context, int bytes) {
    LongAdder noted = context.get(RECEIVED);
    if (noted == null) {
      noted = new LongAdder();
      context.put(RECEIVED, noted);
    }
    noted.add(bytes);
  }

  /** Returns how many bytes of the body have arrived. */
  static long receivedBy(RoutingContext context) {
    LongAdder noted = context.get(RECEIVED);
    return context.request().bytesRead() + (noted == null ? 0 : noted.sum());
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
