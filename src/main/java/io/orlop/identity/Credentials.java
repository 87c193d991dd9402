package io.orlop.identity;

import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.JointQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what accounts sign in with, as the database has it at that moment. */
@ApplicationScoped
class Credentials {
  private static final String SELECT =
      """
      SELECT u.id, u.username, u.sysadmin, u.auditor, u.credential_version, u.password_hash,
             u.email, t.id, encode(t.secret, 'base64')
        FROM users u LEFT JOIN personal_token t ON t.user_id = u.id AND t.name = 'cli'
       WHERE u.id IN (%s)
      """;

  private static final String NAMED =
      """
      SELECT w.id FROM unnest(?::text[]) WITH ORDINALITY AS q (name, n)
        JOIN users w ON w.%s = q.name
      """
          + Database.ONE_PLAN;

  private static final String BY_NAME =
      SELECT.formatted(NAMED.formatted("username") + " UNION ALL " + NAMED.formatted("email"));

  private static final String BY_ID =
      SELECT.formatted(
          "SELECT q.id FROM unnest(?::bigint[]) WITH ORDINALITY AS q (id, n) " + Database.ONE_PLAN);

  private final Database database;
  private final JointQuery<String, Optional<Credential>> byName;
  private final JointQuery<Long, Optional<Credential>> byId;

  /**
   * What an account signs in with.
   *
   * @param principal the account
   * @param passwordHash null if it has no password here
   * @param email null if none is known
   * @param cliTokenId the personal token that the person chose; 0 if there is none
   * @param cliSecret that token, encrypted; in Base64
   */
  record Credential(
      Principal.UserPrincipal principal,
      @Nullable String passwordHash,
      @Nullable String email,
      long cliTokenId,
      @Nullable String cliSecret) {}

  Credentials(Database database) {
    this.database = database;
    this.byName = database.jointly(this::named);
    this.byId = database.jointly(this::identified);
  }

  /** Finds an account by its name, or else by its e-mail address. */
  Optional<Credential> find(String username) {
    // The database takes no NUL, so nobody's name has one.
    return username.indexOf('\0') < 0 ? byName.ask(username) : Optional.empty();
  }

  /** Finds an account by its id. */
  Optional<Credential> find(long id) {
    return byId.ask(id);
  }

  private List<Optional<Credential>> named(List<String> names) {
    Map<String, Credential> found = new HashMap<>();
    List<Credential> all = database.list(BY_NAME, Credentials::credential, names, names);
    all.forEach(credential -> {
      if (credential.email() != null) {
        found.put(credential.email(), credential);
      }
    });
    all.forEach(credential -> found.put(credential.principal().name(), credential));
    return names.stream().map(name -> Optional.ofNullable(found.get(name))).toList();
  }

  private List<Optional<Credential>> identified(List<Long> ids) {
    Map<Long, Credential> found = new HashMap<>();
    database
        .list(
            BY_ID,
            Credentials::credential,
            (Object) ids.stream().mapToLong(Long::longValue).toArray())
        .forEach(credential -> found.put(credential.principal().id(), credential));
    return ids.stream().map(id -> Optional.ofNullable(found.get(id))).toList();
  }

  private static Credential credential(ResultSet row) throws SQLException {
    return new Credential(
        new Principal.UserPrincipal(
            row.getLong(1), row.getString(2), row.getBoolean(3), row.getBoolean(4), row.getInt(5)),
        row.getString(6),
        row.getString(7),
        row.getLong(8),
        row.getString(9));
  }
}
