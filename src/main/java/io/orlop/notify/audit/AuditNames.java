package io.orlop.notify.audit;

import io.orlop.platform.persistence.Database;
import io.orlop.platform.query.Condition;
import io.orlop.platform.query.Criteria;
import io.orlop.platform.text.Fragment;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Knows the resources and people that entries name, of which there are much fewer than entries. Who
 * looks for a part of a name looks for it here, and for the entries of the names that were found.
 */
@ApplicationScoped
class AuditNames {
  /** More names than this stay in the database. */
  private static final int MOST = 1_000;

  private static final String CONTAINING =
      """
      SELECT n.name FROM audit_name n
       WHERE n.field = ? AND position(lower(?::text COLLATE "C") IN lower(n.name)) > 0
         AND lower(n.name) LIKE lower(?::text COLLATE "C")
      """;

  private static final List<String> FIELDS = List.of("resource", "username");

  private final Database database;

  AuditNames(Database database) {
    this.database = database;
  }

  /** Replaces conditions that a name contains a text. */
  Criteria resolve(Criteria asked) {
    Criteria result = asked;
    for (String field : FIELDS) {
      Optional<Condition> condition = asked.special(field);
      if (condition.isPresent() && condition.get() instanceof Condition.Fuzzy(String text)) {
        result = containing(result, field, text);
      }
    }
    return result;
  }

  private Criteria containing(Criteria criteria, String field, String text) {
    String pattern = Fragment.pattern(text);
    List<String> names =
        database.list(
            CONTAINING + " LIMIT ?", row -> row.getString(1), field, text, pattern, MOST + 1);
    return names.size() <= MOST
        ? criteria.with("a." + field + " = ANY (?)", names)
        : criteria.with("a." + field + " IN (" + CONTAINING + ")", field, text, pattern);
  }

  /** Forgets names that were last used before a time. */
  void forgetBefore(Instant time) {
    database.update("DELETE FROM audit_name WHERE used_at < ?", time);
  }
}
