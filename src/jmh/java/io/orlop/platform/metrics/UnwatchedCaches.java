package io.orlop.platform.metrics;

import com.github.benmanes.caffeine.cache.Cache;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Shows nothing: a benchmark makes a cache in each of its operations. */
public final class UnwatchedCaches extends CacheMeters {

  /** Makes one. */
  public UnwatchedCaches() {
    super(new SimpleMeterRegistry());
  }

  @Override
  public void watch(String name, Cache<?, ?> cache) {
    // Nothing to show.
  }
}
