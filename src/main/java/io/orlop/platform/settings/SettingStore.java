package io.orlop.platform.settings;

import io.orlop.platform.crypto.MasterKey;
import io.orlop.platform.persistence.ChangeFeed;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps settings in the database, secrets encrypted under the master key. */
@ApplicationScoped
public class SettingStore {
  /** The topic of changes. */
  static final String TOPIC = "settings";

  private static final String CONTEXT = "setting:";

  private final Database database;
  private final MasterKey masterKey;
  private final ChangeFeed changes;

  SettingStore(Database database, MasterKey masterKey, ChangeFeed changes) {
    this.database = database;
    this.masterKey = masterKey;
    this.changes = changes;
  }

  /** Waits until other changes of settings are through; to be called first in a transaction. */
  public void lock() {
    database.first("SELECT pg_advisory_xact_lock(hashtext('settings'))", _ -> true);
  }

  /** Returns what was set; secrets decrypted. */
  public Map<SettingKey, String> load() {
    Map<SettingKey, String> values = new EnumMap<>(SettingKey.class);
    List<Kept> rows =
        database.list(
            "SELECT name, value, secret FROM setting",
            row -> new Kept(row.getString(1), row.getString(2), row.getBytes(3)));
    for (Kept row : rows) {
      SettingKey.byWireName(row.name()).ifPresent(key -> values.put(key, value(key, row)));
    }
    return values;
  }

  /** Sets values, and tells every replica when the transaction commits. */
  public void save(Map<SettingKey, String> values) {
    values.forEach(this::save);
    changes.announce(TOPIC, ChangeFeed.ANYTHING);
  }

  private void save(SettingKey key, String value) {
    boolean secret = key.type().isSecret();
    database.update(
        """
        INSERT INTO setting (name, value, secret) VALUES (?, ?, ?)
        ON CONFLICT (name)
          DO UPDATE SET value = excluded.value, secret = excluded.secret, updated_at = now()
        """,
        key.wireName(),
        secret ? null : value,
        secret
            ? masterKey.encrypt(value.getBytes(StandardCharsets.UTF_8), CONTEXT + key.wireName())
            : null);
  }

  private String value(SettingKey key, Kept row) {
    if (row.value() != null) {
      return row.value();
    }
    byte[] secret = Objects.requireNonNull(row.secret());
    return new String(masterKey.decrypt(secret, CONTEXT + key.wireName()), StandardCharsets.UTF_8);
  }

  /** A row; of a setting that this version may not know. */
  @SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
  private record Kept(String name, @Nullable String value, byte @Nullable [] secret) {}
}
