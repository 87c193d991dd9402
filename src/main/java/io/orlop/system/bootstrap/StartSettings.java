package io.orlop.system.bootstrap;

import io.smallrye.config.SmallRyeConfig;

/** The settings that are needed before the framework, which reads all others, has started. */
public record StartSettings(ServerConfig server, DatabaseConfig database) {
  /**
   * Reads them.
   *
   * @throws UsageException if a value is invalid
   */
  static StartSettings read() {
    return of(SettingSources.read(ServerConfig.class, DatabaseConfig.class));
  }

  /**
   * Takes them from settings that were read with both mappings.
   *
   * @throws UsageException if a value is invalid
   */
  public static StartSettings of(SmallRyeConfig config) {
    var settings =
        new StartSettings(
            config.getConfigMapping(ServerConfig.class),
            config.getConfigMapping(DatabaseConfig.class));
    settings.check();
    return settings;
  }

  private void check() {
    if (server.port() < 0 || server.port() > 65535) {
      throw new UsageException("orlop.port must be from 0 to 65535, not " + server.port());
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
