package io.orlop.identity.token;

import io.orlop.identity.Principal;
import io.orlop.identity.SecretHash;
import io.orlop.identity.TokenScope;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes personal tokens, lists them and ends them. */
@ApplicationScoped
public class PersonalTokenService {
  /** The name of the token that Harbor calls CLI secret. */
  public static final String CLI = "cli";

  private static final String NAME_KEY = "personal_token_name_key";

  private final Database database;
  private final CliSecrets cliSecrets;
  private final SecureRandom random = new SecureRandom();

  PersonalTokenService(Database database, CliSecrets cliSecrets) {
    this.database = database;
    this.cliSecrets = cliSecrets;
  }

  /**
   * A token that was just made; nobody can read it again.
   *
   * @param token what to use as a password or in a Bearer header
   */
  public record Issued(long id, String token) {}

  /**
   * A part of somebody's tokens.
   *
   * @param total how many there are
   */
  public record Page(List<PersonalTokenInfo> tokens, long total) {}

  /**
   * Makes a token.
   *
   * @param expiresAt null for a token that does not end by itself
   * @throws RegistryException CONFLICT if the owner has one of this name
   */
  public Issued issue(
      Principal.UserPrincipal owner, String name, TokenScope scope, @Nullable Instant expiresAt) {
    String token = PersonalTokens.PREFIX + SecretHash.newSecret(random);
    try {
      long id =
          database.one(
              """
              INSERT INTO personal_token (user_id, name, token_hash, level, project_ids, expires_at)
              VALUES (?, ?, ?, ?, ?, ?) RETURNING id
              """,
              row -> row.getLong(1),
              owner.id(),
              name,
              SecretHash.of(token),
              scope.level().name(),
              scope.projectIds().stream().mapToLong(Long::longValue).sorted().toArray(),
              expiresAt);
      return new Issued(id, token);
    } catch (DatabaseException e) {
      if (e.violates(NAME_KEY)) {
        throw ErrorCode.CONFLICT.exception("token " + name + " already exists").causedBy(e);
      }
      throw e;
    }
  }

  /** Lists somebody's tokens, the newest first. */
  public Page list(Principal.UserPrincipal owner, long limit, long offset) {
    long total =
        database.one(
            "SELECT count(*) FROM personal_token WHERE user_id = ?",
            row -> row.getLong(1),
            owner.id());
    List<PersonalTokenInfo> tokens =
        database.list(
            """
            SELECT t.*,
                   ARRAY(SELECT coalesce(p.name, wanted::text) FROM unnest(t.project_ids) AS wanted
                           LEFT JOIN project p ON p.id = wanted ORDER BY 1) AS projects
              FROM personal_token t WHERE t.user_id = ? ORDER BY t.id DESC LIMIT ? OFFSET ?
            """,
            PersonalTokenService::info,
            owner.id(),
            limit,
            offset);
    return new Page(tokens, total);
  }

  /** Ends a token; returns its name, if its owner had such a one. */
  public Optional<String> revoke(Principal.UserPrincipal owner, long id) {
    return database.first(
        "DELETE FROM personal_token WHERE user_id = ? AND id = ? RETURNING name",
        row -> row.getString(1),
        owner.id(),
        id);
  }

  /** Makes a secret that somebody chose the token {@value #CLI}, in place of the one before. */
  public void setCliSecret(long userId, String secret) {
    byte[] encrypted = cliSecrets.encrypt(userId, secret);
    // With an id of its own: what is remembered of the one before is dead.
    int rows =
        database.update(
            """
            INSERT INTO personal_token (user_id, name, secret, level)
            SELECT id, 'cli', ?, 'ADMIN' FROM users WHERE id = ?
            ON CONFLICT (user_id, name) DO UPDATE
               SET id = excluded.id, secret = excluded.secret, token_hash = NULL, level = 'ADMIN',
                   project_ids = '{}', created_at = excluded.created_at, expires_at = NULL,
                   last_used_at = NULL, last_used_address = NULL
            """,
            encrypted,
            userId);
    if (rows == 0) {
      throw ErrorCode.NOT_FOUND.exception("user " + userId + " not found");
    }
  }

  /** Finds the secret that somebody chose. */
  public Optional<CliSecret> cliSecret(long userId) {
    return database.first(
        """
        SELECT id, secret, created_at FROM personal_token
         WHERE user_id = ? AND secret IS NOT NULL
        """,
        row ->
            new CliSecret(
                row.getLong("id"),
                cliSecrets.decrypt(userId, row.getBytes("secret")),
                Database.instant(row, "created_at")),
        userId);
  }

  private static PersonalTokenInfo info(ResultSet row) throws SQLException {
    return new PersonalTokenInfo(
        row.getLong("id"),
        row.getString("name"),
        TokenScope.Level.valueOf(row.getString("level")),
        List.of((String[]) row.getArray("projects").getArray()),
        Database.instant(row, "created_at"),
        instant(row, "expires_at"),
        instant(row, "last_used_at"),
        row.getString("last_used_address"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
