package io.orlop.system.transfer;

import io.orlop.platform.stream.BulkInputStream;
import io.orlop.storage.StorageException;
import io.orlop.system.console.Interruption;
import io.orlop.system.console.Progress;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a blob on their way to another store. What fails here is an {@link IOException}, so
 * that failures of the two stores cannot be taken for each other.
 */
final class SourceStream extends BulkInputStream {
  private final InputStream blob;
  private final Progress progress;
  private final Interruption interruption;

  SourceStream(InputStream blob, Progress progress, Interruption interruption) {
    this.blob = blob;
    this.progress = progress;
    this.interruption = interruption;
  }

  @Override
  protected int readSome(byte[] target, int from, int count) throws IOException {
    interruption.check();
    try {
      int taken = blob.read(target, from, count);
      progress.moved(Math.max(0, taken));
      return taken;
    } catch (StorageException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    blob.close();
  }
}
