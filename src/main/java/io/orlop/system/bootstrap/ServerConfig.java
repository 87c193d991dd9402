package io.orlop.system.bootstrap;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The settings that a start needs first. */
@ConfigMapping(prefix = "orlop")
public interface ServerConfig {
  /** The TCP port that HTTP is served on, 0 to 65535; 0 takes a free one. Flag: --port. */
  @WithDefault("8080")
  int port();

  /**
   * The folder of the embedded database, of blobs and of generated keys; made if it is missing. A
   * relative one starts at the working folder. Flag: --data.
   */
  @WithDefault("data")
  Path data();

  /**
   * The key that encrypts secrets in the database: 32 bytes in Base64. Every process on one
   * database has the same. Generated only for the embedded database.
   */
  Optional<String> masterKey();

  /** A file with the master key, instead of the key itself. */
  Optional<Path> masterKeyFile();

  /** Whether running as root is meant so, and needs no warning in the log. */
  @WithDefault("false")
  boolean allowRoot();

  /** Whether this is the launcher's training run, which ends by itself. Not for operators. */
  @WithDefault("false")
  boolean training();
}
