package io.orlop.system.transfer;

import io.orlop.system.console.Console;
import io.orlop.system.installation.InstalledDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps garbage collection from deleting bytes while somebody copies them. It is renewed every
 * minute and lapses by itself if this process is killed.
 *
 * <p>A snapshot of the database that is taken while it is held names no bytes that vanish before it
 * ends.
 */
public final class CollectionHold implements AutoCloseable {
  private static final String LIFE = "interval '10 minutes'";

  private final InstalledDatabase database;
  private final String reason;
  private final Console console;
  private final UUID id = UUID.randomUUID();
  private final ScheduledExecutorService renewal =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("orlop-hold").daemon().factory());

  private CollectionHold(InstalledDatabase database, String reason, Console console) {
    this.database = database;
    this.reason = reason;
    this.console = console;
  }

  /** Holds collection until closed; a database of before there was collection needs no holding. */
  public static CollectionHold take(InstalledDatabase database, String reason, Console console)
      throws SQLException {
    CollectionHold hold = new CollectionHold(database, reason, console);
    if (hold.isNeeded()) {
      hold.insert();
      var _ = hold.renewal.scheduleAtFixedRate(hold::renew, 1, 1, TimeUnit.MINUTES);
    }
    return hold;
  }

  private boolean isNeeded() throws SQLException {
    try (Connection connection = database.connect();
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT to_regclass('collection_hold')")) {
      return row.next() && row.getString(1) != null;
    }
  }

  private void insert() throws SQLException {
    int _ =
        update(
            "INSERT INTO collection_hold (id, reason, expires_at) VALUES (?, ?, now() + "
                + LIFE
                + ") ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at",
            id,
            reason);
  }

  /** Holds on; after a lapse, in which bytes may have gone, tells so and holds anew. */
  void renew() {
    try {
      int renewed =
          update(
              "UPDATE collection_hold SET expires_at = now() + "
                  + LIFE
                  + " WHERE id = ? AND expires_at > now()",
              id);
      if (renewed == 0) {
        insert();
        console.tell("Garbage collection was not held for a while: blobs may be missing.");
      }
    } catch (SQLException e) {
      console.tell("Cannot hold garbage collection, trying again: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    renewal.shutdownNow();
    try {
      if (isNeeded()) {
        int _ = update("DELETE FROM collection_hold WHERE id = ?", id);
      }
    } catch (SQLException e) {
      console.tell("Garbage collection goes on in ten minutes: " + e.getMessage());
    }
  }

  private int update(String sql, Object... parameters) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }
}
