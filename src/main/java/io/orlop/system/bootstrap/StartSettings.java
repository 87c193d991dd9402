package io.orlop.system.bootstrap;

import io.orlop.platform.log.LogConfig;
import io.smallrye.config.SmallRyeConfig;

/** The settings that are needed before the framework, which reads all others, has started. */
public record StartSettings(ServerConfig server, DatabaseConfig database, LogConfig log) {
  private static final int FEWEST_CONNECTIONS = 4;

  /** The embedded PostgreSQL takes 64; commands and what watches it need some of them. */
  private static final int MOST_EMBEDDED_CONNECTIONS = 48;

  /**
   * Reads them.
   *
   * @throws UsageException if a value is invalid
   */
  static StartSettings read() {
    return of(SettingSources.read(ServerConfig.class, DatabaseConfig.class, LogConfig.class));
  }

  /**
   * Takes them from settings that were read with these mappings.
   *
   * @throws UsageException if a value is invalid
   */
  public static StartSettings of(SmallRyeConfig config) {
    var settings =
        new StartSettings(
            config.getConfigMapping(ServerConfig.class),
            config.getConfigMapping(DatabaseConfig.class),
            config.getConfigMapping(LogConfig.class));
    settings.check();
    return settings;
  }

  /** How many connections to PostgreSQL there are at most. */
  int connections() {
    return database
        .connections()
        .orElseGet(() -> connections(Runtime.getRuntime().availableProcessors()));
  }

  /** Some wait for the disk and need no core; each takes some 10 MiB. */
  static int connections(int cores) {
    return Math.clamp(2L * cores + 2, 6, 16);
  }

  private void check() {
    if (server.port() < 0 || server.port() > 65535) {
      throw new UsageException("orlop.port must be from 0 to 65535, not " + server.port());
    }
    if (connections() < FEWEST_CONNECTIONS) {
      throw new UsageException(
          "orlop.database.connections must be at least %d, not %d"
              .formatted(FEWEST_CONNECTIONS, connections()));
    }
    if (database.url().isEmpty() && connections() > MOST_EMBEDDED_CONNECTIONS) {
      throw new UsageException(
          "orlop.database.connections must be at most %d with the embedded database, not %d"
              .formatted(MOST_EMBEDDED_CONNECTIONS, connections()));
    }
    database
        .url()
        .filter(url -> !url.startsWith("jdbc:postgresql:"))
        .ifPresent(url -> {
          throw new UsageException(
              "orlop.database.url must begin with jdbc:postgresql:, like"
                  + " jdbc:postgresql://localhost:5432/orlop");
        });
  }
}
