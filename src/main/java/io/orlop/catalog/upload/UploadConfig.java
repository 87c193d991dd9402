package io.orlop.catalog.upload;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Uploads in progress. */
@ConfigMapping(prefix = "orlop.upload")
public interface UploadConfig {

  /** How long an upload may stand still before it is dropped, with what it staged. */
  @WithDefault("P1D")
  Duration idleTimeout();
}
