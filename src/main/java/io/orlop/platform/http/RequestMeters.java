package io.orlop.platform.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts and times requests by route, method and status. After the first request of a kind no meter
 * is looked up by its tags again.
 */
@ApplicationScoped
class RequestMeters {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(60)
  };

  private static final int STATUSES = 600;

  /** Where those are counted that ended before their answer did; 0 is nobody's status. */
  private static final int ABORTED = 0;

  private final MeterRegistry registry;
  private final LongAdder active = new LongAdder();
  private final Counter blobBytesIn;
  private final Counter blobBytesOut;
  private final Map<String, OfMethod[]> routes = new ConcurrentHashMap<>();

  RequestMeters(MeterRegistry registry) {
    this.registry = registry;
    this.blobBytesIn = bytes("orlop.blob.received", "Bytes of blobs that were pushed");
    this.blobBytesOut = bytes("orlop.blob.sent", "Bytes of blobs that were pulled");
    Gauge.builder("orlop.http.requests.active", active, LongAdder::sum)
        .description("Requests that are being served")
        .register(registry);
  }

  /** Says that a request has begun. */
  void begun() {
    active.increment();
  }

  /** Says that a request has ended. */
  void ended(Exchange exchange) {
    active.decrement();
    OfMethod meters = meters(exchange.route(), exchange.method());
    meters.timer.record(exchange.nanos(), TimeUnit.NANOSECONDS);
    meters.count(exchange.complete() ? exchange.status() : ABORTED).increment();
    if (meters.blobs) {
      blobBytesIn.increment((double) exchange.received());
      blobBytesOut.increment((double) exchange.sent());
    }
  }

  private OfMethod meters(String route, String method) {
    OfMethod[] ofRoute = routes.computeIfAbsent(route, _ -> new OfMethod[8]);
    int index =
        switch (method) {
          case "GET" -> 0;
          case "HEAD" -> 1;
          case "POST" -> 2;
          case "PUT" -> 3;
          case "PATCH" -> 4;
          case "DELETE" -> 5;
          case "OPTIONS" -> 6;
          default -> 7;
        };
    OfMethod found = ofRoute[index];
    if (found == null) {
      // Two that do this at once make the same meters.
      found = new OfMethod(route, index == 7 ? "other" : method);
      ofRoute[index] = found;
    }
    return found;
  }

  private Counter bytes(String name, String description) {
    return Counter.builder(name).baseUnit("bytes").description(description).register(registry);
  }

  /** The meters of one method on one route. */
  private final class OfMethod {
    private final String route;
    private final String method;
    private final boolean blobs;
    private final Timer timer;
    private final AtomicReferenceArray<Counter> byStatus = new AtomicReferenceArray<>(STATUSES);

    OfMethod(String route, String method) {
      this.route = route;
      this.method = method;
      this.blobs = route.contains("/blobs/");
      this.timer =
          Timer.builder("orlop.http.request")
              .description("How long requests took, from their head to the end of their answer")
              .tags("route", route, "method", method)
              .serviceLevelObjectives(BUCKETS)
              .register(registry);
    }

    Counter count(int status) {
      int index = status < STATUSES ? status : ABORTED;
      Counter counter = byStatus.get(index);
      if (counter == null) {
        counter =
            Counter.builder("orlop.http.requests")
                .description("Requests that were answered, or ended before that (aborted)")
                .tags("route", route, "method", method)
                .tag("status", index == ABORTED ? "aborted" : Integer.toString(index))
                .register(registry);
        byStatus.set(index, counter);
      }
      return counter;
    }
  }
}
