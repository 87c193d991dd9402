package io.orlop.platform.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The log, on standard output. */
@ConfigMapping(prefix = "orlop.log")
public interface LogConfig {

  /** How lines are written: {@code text}, or {@code json} with one object a line. */
  @WithDefault("text")
  LogFormat format();

  /**
   * Whether to write a line for each request: who asked from where for what, what was answered, how
   * many bytes and how long it took. Without queries, credentials, cookies or tokens. Lines appear
   * a moment late; when the output does not keep up some are left out and counted.
   */
  @WithDefault("true")
  boolean access();
}
