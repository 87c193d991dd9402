package io.orlop.system.bootstrap;

import io.orlop.platform.crypto.MasterKey;
import io.orlop.platform.file.DurableFile;
import io.orlop.system.StartRefusedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the master key comes from: a setting, a file that one names, or the data folder. */
@ApplicationScoped
public class MasterKeySource {
  private final ServerConfig config;

  MasterKeySource(ServerConfig config) {
    this.config = config;
  }

  /** The master key of this installation. */
  @Produces
  @Singleton
  MasterKey masterKey() {
    return read(config);
  }

  /**
   * Makes a key in the data folder if none is configured. Called only for the embedded database: an
   * external one may have other processes on it, and they need the same key.
   */
  static void generateIfMissing(ServerConfig config, Path dataFolder) {
    Path file = file(dataFolder);
    if (isConfigured(config) || Files.exists(file)) {
      return;
    }
    try {
      DurableFile.writeSecret(file, MasterKey.generate() + "\n");
    } catch (IOException e) {
      throw new StartRefusedException("Cannot write the master key to " + file + ": " + e, e);
    }
  }

  /**
   * Reads the key.
   *
   * @throws StartRefusedException if there is none, or it is malformed
   */
  public static MasterKey read(ServerConfig config) {
    if (config.masterKey().isPresent()) {
      return parse(config.masterKey().get(), "ORLOP_MASTER_KEY");
    }
    Path file = config.masterKeyFile().orElseGet(() -> file(config.data()));
    if (!Files.exists(file)) {
      throw new StartRefusedException(
          config.masterKeyFile().isPresent()
              ? "There is no master key in " + file + ", which ORLOP_MASTER_KEY_FILE names."
              : "An external database needs a master key: set ORLOP_MASTER_KEY (32 bytes in Base64,"
                  + " as 'openssl rand -base64 32' prints them) or ORLOP_MASTER_KEY_FILE, to the"
                  + " same in every process on this database.");
    }
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new StartRefusedException("Cannot read the master key from " + file + ": " + e, e);
    }
  }

  private static MasterKey parse(String text, String origin) {
    try {
      return MasterKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new StartRefusedException(e.getMessage() + " (from " + origin + ").", e);
    }
  }

  /** Tells whether a setting says what the key is or where. */
  public static boolean isConfigured(ServerConfig config) {
    return config.masterKey().isPresent() || config.masterKeyFile().isPresent();
  }

  /** Returns where the key is if no setting says so. */
  public static Path file(Path dataFolder) {
    return dataFolder.resolve("master.key");
  }
}
