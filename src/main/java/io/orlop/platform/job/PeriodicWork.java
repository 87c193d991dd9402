package io.orlop.platform.job;

import java.time.Duration;

/** Work to be done again and again. Idempotent, since a crash repeats it. */
public interface PeriodicWork {

  /** Returns the name under which the work is scheduled; never changed, lower case with hyphens. */
  String name();

  /** Returns how long to wait after one run before the next. */
  Duration every();

  /** Does the work, in small transactions. An exception is logged, and the work tried again. */
  void run();
}
