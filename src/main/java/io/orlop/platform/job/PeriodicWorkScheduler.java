package io.orlop.platform.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs all {@link PeriodicWork} on db-scheduler: the database decides which replica does it. */
@ApplicationScoped
class PeriodicWorkScheduler {
  private static final int AFTER_EVERYTHING_ELSE = 5000;
  private static final int THREADS = 2;

  private final DataSource dataSource;
  private final List<PeriodicWork> work;
  private @Nullable Scheduler scheduler;

  PeriodicWorkScheduler(DataSource dataSource, Instance<PeriodicWork> work) {
    this.dataSource = dataSource;
    this.work = work.stream().toList();
  }

  void start(@Observes @Priority(AFTER_EVERYTHING_ELSE) StartupEvent event) {
    List<RecurringTask<Void>> tasks = work.stream().map(PeriodicWorkScheduler::task).toList();
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

  private static RecurringTask<Void> task(PeriodicWork work) {
    return Tasks.recurring(work.name(), FixedDelay.of(work.every())).execute((_, _) -> work.run());
  }
}
