package io.orlop.system.metrics;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orlop.platform.metrics.SlowGauge;
import io.orlop.system.health.ComponentHealth;
import io.orlop.system.health.DataVolume;
import io.orlop.system.health.HealthService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Shows the pool of connections, the data folder's volume, and whether the parts work. */
@ApplicationScoped
class InstallationMeters implements MeterBinder {
  private static final List<String> COMPONENTS = List.of("database", "registry");

  private final AgroalDataSource pool;
  private final DataVolume volume;
  private final HealthService health;

  InstallationMeters(AgroalDataSource pool, DataVolume volume, HealthService health) {
    this.pool = pool;
    this.volume = volume;
    this.health = health;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    connections(registry, "active", AgroalDataSourceMetrics::activeCount);
    connections(registry, "idle", AgroalDataSourceMetrics::availableCount);
    Gauge.builder("orlop.database.waiting", () -> pool.getMetrics().awaitingCount())
        .description("Threads that wait for a connection")
        .register(registry);
    FunctionCounter.builder("orlop.database.acquisitions", pool, InstallationMeters::acquisitions)
        .description("How often a connection was taken from the pool")
        .register(registry);
    Gauge.builder("orlop.disk.free", () -> volume.space().free())
        .description("Bytes that may still be written to the volume of the data folder")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("orlop.disk.size", () -> volume.space().total())
        .description("Size of the volume of the data folder")
        .baseUnit("bytes")
        .register(registry);
    COMPONENTS.forEach(component -> health(registry, component));
  }

  private void connections(
      MeterRegistry registry, String state, ToDoubleFunction<AgroalDataSourceMetrics> count) {
    Gauge.builder("orlop.database.connections", () -> count.applyAsDouble(pool.getMetrics()))
        .description("Connections to the database")
        .tag("state", state)
        .register(registry);
  }

  private static double acquisitions(AgroalDataSource pool) {
    return pool.getMetrics().acquireCount();
  }

  private void health(MeterRegistry registry, String component) {
    SlowGauge healthy = new SlowGauge(() -> isHealthy(component) ? 1 : 0);
    Gauge.builder("orlop.component.healthy", healthy::getAsDouble)
        .description("Whether a part works: 1, or 0")
        .tag("component", component)
        .register(registry);
  }

  private boolean isHealthy(String component) {
    return health.check().stream()
        .filter(part -> part.name().equals(component))
        .allMatch(ComponentHealth::isHealthy);
  }
}
