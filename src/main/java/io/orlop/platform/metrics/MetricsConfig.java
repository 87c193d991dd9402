package io.orlop.platform.metrics;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Figures for Prometheus, served on a port of their own. */
@ConfigMapping(prefix = "orlop.metrics")
public interface MetricsConfig {

  /** Whether to count at all, and to serve the figures. */
  @WithDefault("true")
  boolean enabled();

  /**
   * The address to serve {@code /metrics} on. Whoever reaches it may read: the figures name no
   * repository and nobody, but tell how busy the registry is. {@code 0.0.0.0} for a Prometheus that
   * is not on this machine.
   */
  @WithDefault("127.0.0.1")
  String host();

  /**
   * The TCP port to serve {@code /metrics} on, 0 to 65535; 0 takes a free one. If it is taken, the
   * log says so, and the registry serves without it.
   */
  @WithDefault("9464")
  int port();
}
