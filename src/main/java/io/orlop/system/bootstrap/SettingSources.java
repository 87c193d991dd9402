package io.orlop.system.bootstrap;

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
 * Reads settings where the framework is not there: before it starts, and in commands. From the same
 * places as it does, in the same order.
 */
public final class SettingSources {
  private SettingSources() {}

  /**
   * Reads the settings of some mappings; others are ignored.
   *
   * @throws UsageException if a value is invalid
   */
  public static SmallRyeConfig read(Class<?>... mappings) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDefaultSources()
            .addDiscoveredConverters()
            .withProfile("prod")
            .withMappingIgnore("orlop.**");
    for (Class<?> mapping : mappings) {
      builder.withMapping(mapping);
    }
    try {
      addFiles(builder);
      return builder.build();
    } catch (ConfigValidationException e) {
      throw UsageException.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addFiles(SmallRyeConfigBuilder builder) throws IOException {
    Path yaml = Path.of("config", "application.yaml");
    if (Files.exists(yaml)) {
      builder.withSources(new YamlConfigSource(yaml.toUri().toURL(), 265));
    }
    Path properties = Path.of("config", "application.properties");
    if (Files.exists(properties)) {
      builder.withSources(new PropertiesConfigSource(properties.toUri().toURL(), 260));
    }
  }
}
