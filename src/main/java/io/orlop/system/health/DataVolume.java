package io.orlop.system.health;

import io.orlop.system.bootstrap.ServerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The volume that the data folder is on. */
@ApplicationScoped
public class DataVolume {
  private final Path folder;

  DataVolume(ServerConfig config) {
    this.folder = config.data();
  }

  /**
   * The sizes of a volume.
   *
   * @param total its size in bytes
   * @param free how many bytes this process may still write
   */
  public record Space(long total, long free) {}

  /** Looks how large the volume is. */
  public Space space() {
    try {
      FileStore volume = Files.getFileStore(folder);
      return new Space(volume.getTotalSpace(), volume.getUsableSpace());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
