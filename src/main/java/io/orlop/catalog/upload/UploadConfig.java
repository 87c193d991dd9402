package io.orlop.catalog.upload;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Uploads in progress. */
@ConfigMapping(prefix = "orlop.upload")
public interface UploadConfig {

  /** How long an upload may stand still before it is dropped, with what it staged. */
  @WithDefault("P1D")
  Duration idleTimeout();

  /**
   * How many uploads of one caller may send bytes at once, in each process; further ones are
   * answered with 429. {@code 0} for any number.
   */
  @WithDefault("512")
  @Min(0)
  int runningPerCaller();

  /**
   * How many uploads of one caller may be begun and not ended; further ones are answered with 429.
   * {@code 0} for any number.
   */
  @WithDefault("5000")
  @Min(0)
  int openPerCaller();
}
