package io.orlop.catalog.blob;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orlop.platform.metrics.SlowGauge;
import jakarta.enterprise.context.ApplicationScoped;

/** Shows how many blobs are damaged. */
@ApplicationScoped
class DamageMeters implements MeterBinder {
  private final DamagedBlobs damaged;

  DamageMeters(DamagedBlobs damaged) {
    this.damaged = damaged;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    SlowGauge blobs = new SlowGauge(damaged::damagedBlobs);
    Gauge.builder("orlop.blobs.damaged", blobs::getAsDouble)
        .description("Blobs that are known to be damaged, of all replicas")
        .register(registry);
  }
}
