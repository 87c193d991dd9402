package io.orlop.system.backup;

import io.orlop.system.backup.BackupManifest.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sorts tables so that rows find the rows that they refer to. */
final class TableOrder {
  private final Map<String, Set<String>> referred;

  TableOrder(Map<String, Set<String>> referred) {
    this.referred = referred;
  }

  /** Reads the foreign keys of a database; those within a table do not matter. */
  static TableOrder of(Connection connection) throws SQLException {
    Map<String, Set<String>> referred = new HashMap<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT child.relname, parent.relname FROM pg_constraint"
                    + " JOIN pg_class child ON child.oid = conrelid"
                    + " JOIN pg_class parent ON parent.oid = confrelid"
                    + " WHERE contype = 'f' AND conrelid <> confrelid"
                    + " AND child.relnamespace = current_schema()::regnamespace");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        referred.computeIfAbsent(rows.getString(1), _ -> new HashSet<>()).add(rows.getString(2));
      }
    }
    return new TableOrder(referred);
  }

  /**
   * Sorts tables.
   *
   * @throws IllegalStateException if some refer to each other in turn
   */
  List<Table> sorted(List<Table> tables) {
    Map<String, Table> waiting = new LinkedHashMap<>();
    tables.forEach(table -> waiting.put(table.name(), table));
    List<Table> sorted = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Table next =
          waiting.values().stream()
              .filter(table -> isFree(table, waiting))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("In turn: " + waiting.keySet()));
      waiting.remove(next.name());
      sorted.add(next);
    }
    return sorted;
  }

  private boolean isFree(Table table, Map<String, Table> waiting) {
    return referred.getOrDefault(table.name(), Set.of()).stream().noneMatch(waiting::containsKey);
  }
}
