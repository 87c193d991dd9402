package io.orlop.platform.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps all figures. Where they are switched off, the registry that it gives out counts nothing.
 *
 * <p>What has to be asked for its value, rather than counted when it happens, is a bean of type
 * {@link MeterBinder}; it is bound when somebody first wants to know, so that it costs no start.
 */
@Singleton
class Metrics {
  /** Some five times as many as there are, so that a mistake cannot fill the memory. */
  private static final int MOST_METERS = 2_000;

  private final @Nullable PrometheusMeterRegistry prometheus;
  private final MeterRegistry registry;
  private final List<MeterBinder> binders;
  private boolean bound;

  Metrics(MetricsConfig config, @All List<MeterBinder> binders) {
    this.binders = binders;
    this.prometheus =
        config.enabled() ? new PrometheusMeterRegistry(PrometheusConfig.DEFAULT) : null;
    this.registry = prometheus == null ? new CompositeMeterRegistry() : prometheus;
    registry.config().meterFilter(MeterFilter.maximumAllowableMetrics(MOST_METERS));
  }

  @Produces
  @Singleton
  MeterRegistry registry() {
    return registry;
  }

  /** Returns all figures as Prometheus reads them; empty if they are switched off. May wait. */
  Optional<String> text() {
    if (prometheus == null) {
      return Optional.empty();
    }
    bind();
    return Optional.of(prometheus.scrape());
  }

  private synchronized void bind() {
    if (!bound) {
      binders.forEach(binder -> binder.bindTo(registry));
      bound = true;
    }
  }
}
