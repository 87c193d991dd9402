package io.orlop.identity.token;

import io.orlop.identity.Principal;
import io.orlop.identity.SecretHash;
import io.orlop.identity.TokenScope;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows personal tokens again. Each use reads the token and its owner, so that one that was revoked
 * is refused from then on, on every replica.
 */
@ApplicationScoped
public class PersonalTokens {
  /** What every token begins with, so that those who search for leaked secrets know it. */
  public static final String PREFIX = "orlop_pat_";

  private final Database database;
  private final TokenUses uses;

  PersonalTokens(Database database, TokenUses uses) {
    this.database = database;
    this.uses = uses;
  }

  /**
   * A token that lives.
   *
   * @param email its owner's; null if none is known
   */
  record Known(Principal.PersonalToken principal, @Nullable String email) {
    boolean belongsTo(String nameOrEmail) {
      return nameOrEmail.equals(principal.name()) || nameOrEmail.equals(email);
    }
  }

  /** Tells whether a text is meant to be a token. */
  public static boolean isToken(String text) {
    return text.startsWith(PREFIX);
  }

  /**
   * Returns whose token it is; empty if it is unknown, revoked or has expired.
   *
   * @param address where it is used
   */
  public Optional<Principal.PersonalToken> redeem(String token, String address) {
    return find(token)
        .map(known -> {
          used(known, address);
          return known.principal();
        });
  }

  Optional<Known> find(String token) {
    return database.first(
        """
        SELECT t.id, t.level, t.project_ids, u.id AS user_id, u.username, u.email, u.sysadmin,
               u.auditor, u.credential_version
          FROM personal_token t JOIN users u ON u.id = t.user_id
         WHERE t.token_hash = ? AND (t.expires_at IS NULL OR t.expires_at > now())
        """,
        PersonalTokens::known,
        SecretHash.of(token));
  }

  void used(Known known, String address) {
    uses.note(known.principal().tokenId(), address);
  }

  private static Known known(ResultSet row) throws SQLException {
    Principal.UserPrincipal owner =
        new Principal.UserPrincipal(
            row.getLong("user_id"),
            row.getString("username"),
            row.getBoolean("sysadmin"),
            row.getBoolean("auditor"),
            row.getInt("credential_version"));
    Long[] projects = (Long[]) row.getArray("project_ids").getArray();
    TokenScope scope =
        new TokenScope(
            TokenScope.Level.valueOf(row.getString("level")),
            Arrays.stream(projects).collect(Collectors.toUnmodifiableSet()));
    return new Known(
        new Principal.PersonalToken(owner, row.getLong("id"), scope), row.getString("email"));
  }
}
