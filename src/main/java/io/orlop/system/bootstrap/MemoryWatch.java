package io.orlop.system.bootstrap;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Keeps the process as small as what it holds. */
@ApplicationScoped
class MemoryWatch {
  private static final int AFTER_EVERYTHING_ELSE = 5000;
  private static final int SECONDS_BETWEEN = 3;

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("orlop-memory").daemon().factory());

  void start(@Observes @Priority(AFTER_EVERYTHING_ELSE) StartupEvent starting) {
    OldGeneration.ofThisProcess().ifPresent(this::watch);
  }

  private void watch(OldGeneration old) {
    var _ =
        executor.scheduleWithFixedDelay(
            old::look, SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    executor.shutdownNow();
  }
}
