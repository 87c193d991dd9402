package io.orlop.storage.filesystem;

import io.orlop.storage.SpaceReserve;
import io.orlop.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps uploads from filling the volume. Measures it at most once a second while there is room, and
 * counts in between what uploads wrote since, so that many at once do not run past the reserve.
 */
final class SpaceGuard {
  private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final FileLayer files;
  private final Path folder;
  private final SpaceReserve reserve;
  private final LongSupplier nanoClock;
  private volatile long measuredAt;
  private volatile long left = -1;

  SpaceGuard(FileLayer files, Path folder, SpaceReserve reserve, LongSupplier nanoClock) {
    this.files = files;
    this.folder = folder;
    this.reserve = reserve;
    this.nanoClock = nanoClock;
  }

  /**
   * Admits new bytes, or none to ask whether there is room at all. To be called on a thread that
   * may wait for the file system.
   *
   * @throws StorageException of kind {@code NO_SPACE} if they would touch the reserve
   */
  synchronized void admit(long bytes) throws IOException {
    long now = nanoClock.getAsLong();
    if (left < bytes || now - measuredAt >= TRUSTED_NANOS) {
      measure(now, bytes);
    }
    left -= bytes;
  }

  /** Tells whether there was room a moment ago; waits for nothing. */
  boolean isKnownToHaveRoom() {
    return left >= 0 && nanoClock.getAsLong() - measuredAt < TRUSTED_NANOS;
  }

  private void measure(long now, long bytes) throws IOException {
    FileLayer.Space space = files.space(folder);
    long kept = reserve.on(space.total());
    left = space.usable() - kept;
    measuredAt = now;
    if (left < bytes) {
      throw new StorageException(
          StorageException.Kind.NO_SPACE,
          String.format(
              Locale.ROOT,
              "The volume of %s has %s free, and the reserve is %s (orlop.storage.reserve): free"
                  + " other files on it, or enlarge the volume. Pulls and deletes go on.",
              folder,
              readable(space.usable()),
              readable(kept)),
          null);
    }
  }

  private static String readable(long bytes) {
    double mebibytes = bytes / (1024.0 * 1024.0);
    return mebibytes < 1024
        ? String.format(Locale.ROOT, "%.1f MiB", mebibytes)
        : String.format(Locale.ROOT, "%.1f GiB", mebibytes / 1024);
  }
}
