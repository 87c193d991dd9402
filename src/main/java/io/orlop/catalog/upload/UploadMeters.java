package io.orlop.catalog.upload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orlop.platform.metrics.SlowGauge;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts uploads by what became of them. */
@ApplicationScoped
class UploadMeters implements MeterBinder {
  private final UploadSessions sessions;
  private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

  /** What becomes of an upload. */
  enum Outcome {
    /** Begun as a session. */
    STARTED,
    /** Became a blob, in a session or at once. */
    FINISHED,
    /** Dropped by its client. */
    CANCELLED,
    /** Dropped since nobody went on with it. */
    EXPIRED,
    /** Dropped since its bytes were not those that were announced. */
    REFUSED
  }

  UploadMeters(MeterRegistry registry, UploadSessions sessions) {
    this.sessions = sessions;
    for (Outcome outcome : Outcome.values()) {
      counters.put(
          outcome,
          Counter.builder("orlop.uploads")
              .description("Uploads by what became of them")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    SlowGauge open = new SlowGauge(sessions::count);
    Gauge.builder("orlop.uploads.open", open::getAsDouble)
        .description("Uploads that have begun and not ended, of all replicas")
        .register(registry);
  }

  void count(Outcome outcome) {
    Objects.requireNonNull(counters.get(outcome)).increment();
  }
}
