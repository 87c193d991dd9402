package io.orlop.system.backup;

import io.orlop.platform.crypto.MasterKey;
import io.orlop.platform.file.DurableFile;
import io.orlop.system.bootstrap.MasterKeyCheck;
import io.orlop.system.bootstrap.MasterKeySource;
import io.orlop.system.console.CommandFailedException;
import io.orlop.system.installation.CommandSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The master key of a restored registry: the one that settings name, the one that was put into the
 * data folder, or the one in the backup.
 */
record RestoredKey(CommandSettings settings, Dump dump) {

  /**
   * Sees to it that the registry will find the key that its secrets are encrypted under.
   *
   * @param checkValue what the backup knows about the key
   */
  void require(String checkValue) throws IOException {
    Path file = MasterKeySource.file(settings.data());
    boolean given = MasterKeySource.isConfigured(settings.server()) || Files.exists(file);
    if (!given && !Files.exists(dump.keyFile())) {
      throw new CommandFailedException(
          "The backup does not hold the master key. Put the one of the registry that was backed up"
              + " (master.key in its data folder) into "
              + file
              + ", or set ORLOP_MASTER_KEY_FILE.");
    }
    MasterKey key =
        given
            ? MasterKeySource.read(settings.server())
            : MasterKey.parse(Files.readString(dump.keyFile()));
    if (!MasterKeyCheck.fits(key, checkValue)) {
      throw new CommandFailedException(
          "The master key is not the one that the backup's secrets are encrypted under: give the"
              + " one of the registry that was backed up, by ORLOP_MASTER_KEY, ORLOP_MASTER_KEY_FILE"
              + " or "
              + file
              + ".");
    }
    if (!given) {
      Files.createDirectories(settings.data());
      DurableFile.writeSecret(file, Files.readString(dump.keyFile()));
    }
  }
}
