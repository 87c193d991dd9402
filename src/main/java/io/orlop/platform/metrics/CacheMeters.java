package io.orlop.platform.metrics;

import com.github.benmanes.caffeine.cache.Cache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.ToDoubleFunction;

/** Shows how useful caches are. */
@ApplicationScoped
public class CacheMeters {
  private final MeterRegistry registry;

  CacheMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Shows the hits, misses and entries of a cache.
   *
   * @param name what it holds, in lower case with hyphens
   * @param cache built with {@code recordStats()}, else it has no hits and misses
   */
  public void watch(String name, Cache<?, ?> cache) {
    lookups(name, "hit", cache, shown -> shown.stats().hitCount());
    lookups(name, "miss", cache, shown -> shown.stats().missCount());
    Gauge.builder("orlop.cache.entries", cache, Cache::estimatedSize)
        .description("How many entries a cache has")
        .tag("cache", name)
        .register(registry);
  }

  private void lookups(
      String name, String result, Cache<?, ?> cache, ToDoubleFunction<Cache<?, ?>> count) {
    FunctionCounter.builder("orlop.cache.lookups", cache, count)
        .description("Lookups in a cache, by whether it had the entry")
        .tag("cache", name)
        .tag("result", result)
        .register(registry);
  }
}
