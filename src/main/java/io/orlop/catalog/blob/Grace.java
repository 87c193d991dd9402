package io.orlop.catalog.blob;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * How long a link that no manifest names is kept. A promise renews the link only when it has got
 * old, so that not every {@code HEAD} writes; collection waits that much longer, so that a promise
 * holds for the whole period all the same.
 */
@ApplicationScoped
public class Grace {
  private static final Duration RENEWED_AT_LATEST = Duration.ofMinutes(30);

  private final Duration period;

  Grace(GarbageConfig config) {
    period = config.grace();
  }

  /** Returns the configured period. */
  public Duration period() {
    return period;
  }

  /** Returns how many seconds old a link may get before a promise renews it. */
  double renewedAfter() {
    return renewal(period);
  }

  /** Returns for how many seconds collection leaves a link alone when promises hold so long. */
  static double collectedAfter(Duration period) {
    return period.toMillis() / 1000.0 + renewal(period);
  }

  private static double renewal(Duration period) {
    return Math.min((double) RENEWED_AT_LATEST.toSeconds(), period.toMillis() / 4000.0);
  }
}
