package io.orlop.system.transfer;

import io.orlop.storage.StorageKey;
import io.orlop.system.installation.InstalledDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * The blobs that live rows name now, of a range of ids: those that appear behind the walk are not
 * seen by it.
 */
public final class LiveBlobs implements BlobList {
  private static final int PAGE = 1000;
  private static final String ROWS = " FROM blob WHERE condemned_at IS NULL AND id > ? AND id <= ?";

  private final InstalledDatabase database;
  private final long after;
  private final long last;

  /**
   * Lists blobs of a database.
   *
   * @param after the id that the rows come after
   * @param last the highest id of the rows
   */
  public LiveBlobs(InstalledDatabase database, long after, long last) {
    this.database = database;
    this.after = after;
    this.last = last;
  }

  /** Returns the highest id of all rows at this moment; 0 if there are none. */
  public static long newest(InstalledDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT coalesce(max(id), 0) FROM blob")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public Totals totals() throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT count(*), coalesce(sum(size), 0)" + ROWS)) {
      statement.setLong(1, after);
      statement.setLong(2, last);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Totals(row.getLong(1), row.getLong(2));
      }
    }
  }

  @Override
  public Walk walk() throws SQLException {
    return new Pages(database.connect());
  }

  /** Reads page after page; no transaction stays open in between. */
  private final class Pages implements Walk {
    private final Connection connection;
    private final Queue<StoredBlob> page = new ArrayDeque<>();
    private String key = "";
    private boolean ended;

    Pages(Connection connection) {
      this.connection = connection;
    }

    @Override
    public Optional<StoredBlob> next() throws SQLException {
      if (page.isEmpty() && !ended) {
        turn();
      }
      return Optional.ofNullable(page.poll());
    }

    private void turn() throws SQLException {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT storage_key, size"
                  + ROWS
                  + " AND storage_key > ? ORDER BY storage_key LIMIT ?")) {
        statement.setLong(1, after);
        statement.setLong(2, last);
        statement.setString(3, key);
        statement.setInt(4, PAGE);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            key = rows.getString(1);
            page.add(new StoredBlob(new StorageKey(key), rows.getLong(2)));
          }
        }
      }
      ended = page.size() < PAGE;
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
