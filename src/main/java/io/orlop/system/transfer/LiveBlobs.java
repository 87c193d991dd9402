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

/** The blobs that live rows name now: those that appear behind the walk are not seen by it. */
public final class LiveBlobs implements BlobList {
  private static final int PAGE = 1000;

  private final InstalledDatabase database;

  /** Lists the blobs of a database. */
  public LiveBlobs(InstalledDatabase database) {
    this.database = database;
  }

  @Override
  public Totals totals() throws SQLException {
    try (Connection connection = database.connect();
        var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), coalesce(sum(size), 0) FROM blob WHERE condemned_at IS NULL")) {
      row.next();
      return new Totals(row.getLong(1), row.getLong(2));
    }
  }

  @Override
  public Walk walk() throws SQLException {
    return new Pages(database.connect());
  }

  /** Reads page after page; no transaction stays open in between. */
  private static final class Pages implements Walk {
    private final Connection connection;
    private final Queue<StoredBlob> page = new ArrayDeque<>();
    private String last = "";
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
              "SELECT storage_key, size FROM blob WHERE condemned_at IS NULL AND storage_key > ?"
                  + " ORDER BY storage_key LIMIT ?")) {
        statement.setString(1, last);
        statement.setInt(2, PAGE);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            last = rows.getString(1);
            page.add(new StoredBlob(new StorageKey(last), rows.getLong(2)));
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
