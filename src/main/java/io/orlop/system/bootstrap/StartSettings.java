package io.orlop.system.bootstrap;

import io.orlop.platform.log.LogConfig;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The settings that are needed before the framework, which reads all others, has started. Read from
 * the same places, in the same order.
 */
record StartSettings(ServerConfig server, DatabaseConfig database, LogConfig log) {
  /**
   * Reads them.
   *
   * @throws UsageException if a value is invalid
   */
  static StartSettings read() {
    try {
      SmallRyeConfig config = builder().build();
      var settings =
          new StartSettings(
              config.getConfigMapping(ServerConfig.class),
              config.getConfigMapping(DatabaseConfig.class),
              config.getConfigMapping(LogConfig.class));
      settings.check();
      return settings;
    } catch (ConfigValidationException e) {
      throw UsageException.of(e);
    }
  }

  private static SmallRyeConfigBuilder builder() {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDefaultSources()
            .withProfile("prod")
            .withMappingIgnore("orlop.**")
            .withMapping(ServerConfig.class)
            .withMapping(DatabaseConfig.class)
            .withMapping(LogConfig.class);
    try {
      Path yaml = Path.of("config", "application.yaml");
      if (Files.exists(yaml)) {
        builder.withSources(new YamlConfigSource(yaml.toUri().toURL(), 265));
      }
      Path properties = Path.of("config", "application.properties");
      if (Files.exists(properties)) {
        builder.withSources(new PropertiesConfigSource(properties.toUri().toURL(), 260));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return builder;
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
