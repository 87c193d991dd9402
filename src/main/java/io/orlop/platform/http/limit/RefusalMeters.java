package io.orlop.platform.http.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orlop.platform.http.limit.OpenConnections.Admission;
import jakarta.inject.Singleton;

/** Counts what limits refuse, from the start on: a figure that is missing looks like none. */
@Singleton
class RefusalMeters {
  private final Counter full;
  private final Counter fullForAddress;
  private final Counter anonymous;
  private final Counter known;

  RefusalMeters(MeterRegistry registry) {
    full = connections(registry, "all");
    fullForAddress = connections(registry, "address");
    anonymous = requests(registry, "anonymous");
    known = requests(registry, "credentials");
  }

  private static Counter connections(MeterRegistry registry, String limit) {
    return Counter.builder("orlop.connections.refused")
        .description("Connections that were closed at once since a limit was reached")
        .tag("limit", limit)
        .register(registry);
  }

  private static Counter requests(MeterRegistry registry, String kind) {
    return Counter.builder("orlop.requests.refused")
        .description("Requests that were answered with 429 since their address asked too often")
        .tag("kind", kind)
        .register(registry);
  }

  /** Counts a connection, if it was refused. */
  void count(Admission admission) {
    switch (admission) {
      case ADMITTED -> {}
      case FULL -> full.increment();
      case FULL_FOR_ADDRESS -> fullForAddress.increment();
    }
  }

  /** Counts a request that was refused. */
  void countRequest(boolean hasCredentials) {
    (hasCredentials ? known : anonymous).increment();
  }
}
