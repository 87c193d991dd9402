package io.orlop.access;

import io.orlop.platform.persistence.Database;
import io.orlop.platform.text.Glob;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the roles that administrators made, as the database has them at that moment. */
@ApplicationScoped
class CustomRoles {
  private final Database database;

  /**
   * What a role gives.
   *
   * @param globs the repositories that it is limited to; empty for all
   */
  record Definition(Set<ProjectPermission> permissions, List<Glob> globs) {}

  CustomRoles(Database database) {
    this.database = database;
  }

  /** Finds roles by their ids; those that do not exist are absent. */
  Map<Integer, Definition> find(Collection<Integer> ids) {
    Map<Integer, Definition> found = new HashMap<>();
    database.list(
        "SELECT id, permissions, repositories FROM role WHERE id = ANY (?) AND id >= 100",
        row -> found.put(row.getInt(1), definition(row)),
        ids.stream().mapToLong(Integer::longValue).toArray());
    return found;
  }

  private static Definition definition(ResultSet row) throws SQLException {
    Set<ProjectPermission> permissions = EnumSet.noneOf(ProjectPermission.class);
    texts(row.getArray(2))
        .map(pair -> pair.split(":", 2))
        .map(pair -> ProjectPermission.find(pair[0], pair[1]))
        .flatMap(Optional::stream)
        .forEach(permissions::add);
    return new Definition(permissions, texts(row.getArray(3)).map(Glob::parse).toList());
  }

  private static Stream<String> texts(Array array) throws SQLException {
    return Stream.of((String[]) array.getArray());
  }
}
