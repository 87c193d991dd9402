package io.orlop.catalog.quota;

import io.orlop.platform.job.PeriodicWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Does what reads of quotas would else do themselves, so that they stay quick. */
@ApplicationScoped
class QuotaUpkeep implements PeriodicWork {
  private final Quotas quotas;
  private final ContentRelease release;

  QuotaUpkeep(Quotas quotas, ContentRelease release) {
    this.quotas = quotas;
    this.release = release;
  }

  @Override
  public String name() {
    return "add-up-quotas";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    release.all();
    quotas.foldAll();
  }
}
