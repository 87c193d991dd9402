package io.orlop.system.tls;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Shows how long the certificate in use is still valid. */
@ApplicationScoped
class TlsMeters implements MeterBinder {
  private final TlsCertificate certificate;

  TlsMeters(TlsCertificate certificate) {
    this.certificate = certificate;
  }

  /** Without own TLS the value is no number, so that no alert sees an end near. */
  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("orlop.tls.certificate.left", this::secondsLeft)
        .description("Until the TLS certificate in use expires; NaN without own TLS")
        .baseUnit("seconds")
        .register(registry);
  }

  private double secondsLeft() {
    return certificate.left().map(Duration::toSeconds).map(Long::doubleValue).orElse(Double.NaN);
  }
}
