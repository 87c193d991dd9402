package io.orlop.system.transfer;

import io.orlop.storage.StorageKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The blobs that a file names: a line for each, with its key, a tab and its size. */
public final class ListedBlobs implements BlobList {
  private final Path file;
  private final Totals totals;

  /**
   * Reads a list.
   *
   * @param totals what the list is known to have
   */
  public ListedBlobs(Path file, Totals totals) {
    this.file = file;
    this.totals = totals;
  }

  @Override
  public Totals totals() {
    return totals;
  }

  @Override
  public Walk walk() throws IOException {
    return new Lines(file, Files.newBufferedReader(file));
  }

  /** Reads line after line. */
  private record Lines(Path file, BufferedReader reader) implements Walk {
    @Override
    public Optional<StoredBlob> next() throws IOException {
      String line = reader.readLine();
      return line == null ? Optional.empty() : Optional.of(parse(line));
    }

    private StoredBlob parse(String line) throws IOException {
      int tab = line.indexOf('\t');
      try {
        return new StoredBlob(
            new StorageKey(line.substring(0, Math.max(0, tab))),
            Long.parseLong(line.substring(tab + 1)));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + " has a line that names no blob: " + line, e);
      }
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
