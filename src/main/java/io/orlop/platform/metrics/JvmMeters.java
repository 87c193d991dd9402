package io.orlop.platform.metrics;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.quarkus.runtime.ApplicationConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process itself: memory, collections, threads, processor time, open files, version. */
@ApplicationScoped
class JvmMeters implements MeterBinder {
  private final ApplicationConfig application;

  JvmMeters(ApplicationConfig application) {
    this.application = application;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    List.of(
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics(),
            new FileDescriptorMetrics())
        .forEach(binder -> binder.bindTo(registry));
    // The beans count since the start; Micrometer's own binder only since it listens.
    ManagementFactory.getGarbageCollectorMXBeans().forEach(gc -> collections(gc, registry));
    Gauge.builder("orlop.build", () -> 1)
        .description("The version that runs")
        .tag("version", application.version().orElse("unknown"))
        .tag("java", Runtime.version().toString())
        .register(registry);
  }

  private static void collections(GarbageCollectorMXBean collector, MeterRegistry registry) {
    FunctionTimer.builder(
            "jvm.gc.collection",
            collector,
            GarbageCollectorMXBean::getCollectionCount,
            GarbageCollectorMXBean::getCollectionTime,
            TimeUnit.MILLISECONDS)
        .description("Collections of garbage, and the time that they took")
        .tag("gc", collector.getName())
        .register(registry);
  }
}
