package io.orlop.system.installation;

import io.orlop.storage.StorageConfig;
import io.orlop.storage.s3.S3Config;
import io.orlop.system.bootstrap.DatabaseConfig;
import io.orlop.system.bootstrap.ServerConfig;
import io.orlop.system.bootstrap.SettingSources;
import io.orlop.system.bootstrap.StartSettings;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;

/** The settings that commands share with the server. */
public record CommandSettings(
    ServerConfig server, DatabaseConfig database, StorageConfig storage, S3Config s3) {

  /**
   * Reads them from where the server reads them.
   *
   * @throws io.orlop.system.bootstrap.UsageException if a value is invalid
   */
  public static CommandSettings read() {
    SmallRyeConfig config =
        SettingSources.read(
            ServerConfig.class, DatabaseConfig.class, StorageConfig.class, S3Config.class);
    StartSettings start = StartSettings.of(config);
    return new CommandSettings(
        start.server(),
        start.database(),
        config.getConfigMapping(StorageConfig.class),
        config.getConfigMapping(S3Config.class));
  }

  /** Returns the data folder, absolute. */
  public Path data() {
    return server.data().toAbsolutePath().normalize();
  }
}
