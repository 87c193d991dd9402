package io.orlop.identity;

import static io.orlop.platform.persistence.Database.LAZY_COMMIT;

import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Long-lived tokens that a client stores instead of a password (docker's identity token).
 *
 * <p>256 random bits each, kept only as their SHA-256. One lives while it is used at least every 90
 * days, and dies with the password that it was given for.
 */
@ApplicationScoped
public class RefreshTokens {
  private static final Duration IDLE = Duration.ofDays(90);
  private static final Duration TOUCH = Duration.ofHours(1);

  private final Database database;
  private final SecureRandom random = new SecureRandom();

  RefreshTokens(Database database) {
    this.database = database;
  }

  /** Makes a token for a user. */
  public String issue(Principal.UserPrincipal user, String clientId) {
    String token = SecretHash.newSecret(random);
    Instant now = Instant.now();
    database.update(
        """
        INSERT INTO refresh_token
          (token_hash, user_id, credential_version, client_id, created_at, last_used_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        SecretHash.of(token),
        user.id(),
        user.credentialVersion(),
        clientId,
        now,
        now);
    return token;
  }

  /** Returns whose token it is; empty if it is unknown, idle for too long, revoked or outlived. */
  public Optional<Principal.UserPrincipal> redeem(String token) {
    Instant now = Instant.now();
    Optional<Found> found =
        database.first(
            """
            SELECT t.id, t.last_used_at, u.id AS user_id, u.username, u.sysadmin, u.auditor,
                   u.credential_version
              FROM refresh_token t
              JOIN users u ON u.id = t.user_id AND u.credential_version = t.credential_version
             WHERE t.token_hash = ? AND t.last_used_at > ?
            """,
            row ->
                new Found(
                    row.getLong("id"),
                    Database.instant(row, "last_used_at"),
                    new Principal.UserPrincipal(
                        row.getLong("user_id"),
                        row.getString("username"),
                        row.getBoolean("sysadmin"),
                        row.getBoolean("auditor"),
                        row.getInt("credential_version"))),
            SecretHash.of(token),
            now.minus(IDLE));
    found.filter(f -> f.lastUsed().isBefore(now.minus(TOUCH))).ifPresent(f -> touch(f.id(), now));
    return found.map(Found::user);
  }

  /** Ends a token. Does nothing if it is unknown. */
  public void revoke(String token) {
    database.update("DELETE FROM refresh_token WHERE token_hash = ?", SecretHash.of(token));
  }

  /** Deletes the tokens that no longer live. */
  public int purge() {
    return database.update(
        """
        DELETE FROM refresh_token t USING users u
         WHERE u.id = t.user_id
           AND (t.last_used_at <= ? OR u.credential_version <> t.credential_version)
        """,
        Instant.now().minus(IDLE));
  }

  private void touch(long id, Instant now) {
    database.update(
        LAZY_COMMIT + "UPDATE refresh_token SET last_used_at = ? FROM lazy WHERE id = ?", now, id);
  }

  private record Found(long id, Instant lastUsed, Principal.UserPrincipal user) {}
}
