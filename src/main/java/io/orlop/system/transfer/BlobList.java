package io.orlop.system.transfer;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** Names blobs in the order of their keys; never holds more than a page of them. */
public interface BlobList {

  /**
   * How much there is to do.
   *
   * @param blobs how many blobs
   * @param bytes how many bytes they have together
   */
  record Totals(long blobs, long bytes) {}

  /** A walk along the list. */
  interface Walk extends AutoCloseable {
    /** Returns the next blob; empty at the end. */
    Optional<StoredBlob> next() throws IOException, SQLException;

    @Override
    void close() throws IOException, SQLException;
  }

  /** Returns how much there is to do, which may change while it is done. */
  Totals totals() throws SQLException;

  /** Begins at the first blob. */
  Walk walk() throws IOException, SQLException;
}
