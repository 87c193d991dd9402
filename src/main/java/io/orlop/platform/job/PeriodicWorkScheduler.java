package io.orlop.platform.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs all {@link PeriodicWork} on db-scheduler: the database decides which replica does it. */
@ApplicationScoped
class PeriodicWorkScheduler {
  private static final int AFTER_EVERYTHING_ELSE = 5000;
  private static final int THREADS = 2;

  private final DataSource dataSource;
  private final List<PeriodicWork> work;
  private final MeterRegistry registry;
  private @Nullable Scheduler scheduler;

  PeriodicWorkScheduler(
      DataSource dataSource, Instance<PeriodicWork> work, MeterRegistry registry) {
    this.registry = registry;
    this.dataSource = dataSource;
    this.work = work.stream().toList();
  }

  void start(@Observes @Priority(AFTER_EVERYTHING_ELSE) StartupEvent event) {
    List<RecurringTask<Void>> tasks = work.stream().map(this::task).toList();
    Scheduler started =
        Scheduler.create(dataSource)
            .startTasks(tasks)
            .threads(THREADS)
            .pollingInterval(Duration.ofSeconds(10))
            .shutdownMaxWait(Duration.ofSeconds(5))
            .build();
    scheduler = started;
    started.start();
  }

  void stop(@Observes ShutdownEvent event) {
    if (scheduler != null) {
      scheduler.stop();
    }
  }

  private RecurringTask<Void> task(PeriodicWork work) {
    return Tasks.recurring(work.name(), FixedDelay.of(work.every()))
        .execute((_, _) -> measured(work));
  }

  private void measured(PeriodicWork work) {
    long begun = System.nanoTime();
    String outcome = "failed";
    try {
      work.run();
      outcome = "succeeded";
    } finally {
      Timer.builder("orlop.job")
          .description("Runs of periodic work on this process, and how long they took")
          .tags("job", work.name(), "outcome", outcome)
          .register(registry)
          .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    }
  }
}
