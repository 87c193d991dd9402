package io.orlop.platform.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.net.URI;
import java.util.Optional;

/** Traces by OpenTelemetry. */
@ConfigMapping(prefix = "orlop.tracing")
public interface TracingConfig {

  /**
   * Where to send traces: the address of a collector that speaks OTLP over HTTP, such as {@code
   * http://collector:4318}. Without it nothing is traced.
   */
  Optional<URI> endpoint();

  /**
   * The share of requests to trace, 0 to 1, among those that do not come with a trace of their
   * caller's; for the others the caller has decided.
   */
  @WithDefault("1.0")
  @DecimalMin("0.0")
  @DecimalMax("1.0")
  double share();
}
