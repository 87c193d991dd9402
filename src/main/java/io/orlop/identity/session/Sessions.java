package io.orlop.identity.session;

import static io.orlop.platform.persistence.Database.LAZY_COMMIT;

import io.orlop.identity.Principal;
import io.orlop.identity.SecretHash;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sessions of browsers. Each request reads the session and its owner, so that one that has ended,
 * here or on another replica, is refused from then on; a session dies with its owner's password.
 */
@ApplicationScoped
public class Sessions {
  private static final Duration TOUCH = Duration.ofSeconds(30);
  private static final int PARTS = 60;
  private static final int MAX_AGENT = 200;

  private final Database database;
  private final Settings settings;
  private final SessionConfig config;
  private final SecureRandom random = new SecureRandom();

  Sessions(Database database, Settings settings, SessionConfig config) {
    this.database = database;
    this.settings = settings;
    this.config = config;
  }

  /**
   * A part of somebody's sessions.
   *
   * @param total how many there are
   */
  public record Page(List<SessionInfo> sessions, long total) {}

  /**
   * Begins a session.
   *
   * @return what the cookie is to hold
   */
  public String begin(Principal.UserPrincipal user, String address, String userAgent) {
    String cookie = SecretHash.newSecret(random);
    Instant now = Instant.now();
    database.update(
        """
        INSERT INTO user_session
          (cookie_hash, user_id, credential_version, address, user_agent, created_at, last_seen_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        SecretHash.of(cookie),
        user.id(),
        user.credentialVersion(),
        address,
        printable(userAgent),
        now,
        now);
    return cookie;
  }

  /**
   * Finds the session of a cookie; empty if it is unknown or has ended.
   *
   * @param renew whether this counts as use
   */
  public Optional<Session> find(String cookie, boolean renew) {
    Instant now = Instant.now();
    Duration idle = idle();
    Optional<Found> found =
        database.first(
            """
            SELECT s.id, s.last_seen_at, u.id AS user_id, u.username, u.sysadmin, u.auditor,
                   u.credential_version
              FROM user_session s
              JOIN users u ON u.id = s.user_id AND u.credential_version = s.credential_version
             WHERE s.cookie_hash = ? AND s.last_seen_at > ? AND s.created_at > ?
            """,
            Sessions::found,
            SecretHash.of(cookie),
            now.minus(idle),
            now.minus(config.lifetime()));
    found
        .filter(session -> renew && session.lastSeen().isBefore(now.minus(precision(idle))))
        .ifPresent(session -> touch(session.session().id(), now));
    return found.map(Found::session);
  }

  /** Ends the session of a cookie. Does nothing if it is unknown. */
  public void end(String cookie) {
    database.update("DELETE FROM user_session WHERE cookie_hash = ?", SecretHash.of(cookie));
  }

  /** Ends one of somebody's sessions; returns whether there was such a one. */
  public boolean end(Principal.UserPrincipal user, long id) {
    return database.update("DELETE FROM user_session WHERE user_id = ? AND id = ?", user.id(), id)
        > 0;
  }

  /** Ends all of somebody's sessions. */
  public void endAll(Principal.UserPrincipal user) {
    database.update("DELETE FROM user_session WHERE user_id = ?", user.id());
  }

  /** Lists somebody's sessions that live, the newest first. */
  public Page list(Principal.UserPrincipal user, long limit, long offset) {
    String where =
        """
         FROM user_session
         WHERE user_id = ? AND credential_version = ? AND last_seen_at > ? AND created_at > ?
        """;
    Instant now = Instant.now();
    Instant seen = now.minus(idle());
    Instant begun = now.minus(config.lifetime());
    int version = user.credentialVersion();
    long total =
        database.one(
            "SELECT count(*)" + where, row -> row.getLong(1), user.id(), version, seen, begun);
    List<SessionInfo> sessions =
        database.list(
            "SELECT id, address, user_agent, created_at, last_seen_at"
                + where
                + " ORDER BY id DESC LIMIT ? OFFSET ?",
            Sessions::info,
            user.id(),
            version,
            seen,
            begun,
            limit,
            offset);
    return new Page(sessions, total);
  }

  /** Deletes the sessions that have ended. */
  int purge() {
    Instant now = Instant.now();
    return database.update(
        """
        DELETE FROM user_session s USING users u
         WHERE u.id = s.user_id
           AND (s.last_seen_at <= ? OR s.created_at <= ?
                OR u.credential_version <> s.credential_version)
        """,
        now.minus(idle()),
        now.minus(config.lifetime()));
  }

  /** None is idle for longer than it lives. */
  private Duration idle() {
    Duration timeout = settings.sessionTimeout();
    return timeout.compareTo(config.lifetime()) < 0 ? timeout : config.lifetime();
  }

  /** A busy session is written seldom, and still ends when it should. */
  private static Duration precision(Duration idle) {
    Duration part = idle.dividedBy(PARTS);
    return part.compareTo(TOUCH) < 0 ? part : TOUCH;
  }

  private void touch(long id, Instant now) {
    database.update(
        LAZY_COMMIT + "UPDATE user_session SET last_seen_at = ? FROM lazy WHERE id = ?", now, id);
  }

  private static String printable(String userAgent) {
    String text = userAgent.replaceAll("\\p{Cntrl}", " ");
    return text.substring(0, Math.min(text.length(), MAX_AGENT));
  }

  private static Found found(ResultSet row) throws SQLException {
    return new Found(
        new Session(
            row.getLong("id"),
            new Principal.UserPrincipal(
                row.getLong("user_id"),
                row.getString("username"),
                row.getBoolean("sysadmin"),
                row.getBoolean("auditor"),
                row.getInt("credential_version"))),
        Database.instant(row, "last_seen_at"));
  }

  private static SessionInfo info(ResultSet row) throws SQLException {
    return new SessionInfo(
        row.getLong("id"),
        row.getString("address"),
        row.getString("user_agent"),
        Database.instant(row, "created_at"),
        Database.instant(row, "last_seen_at"));
  }

  private record Found(Session session, Instant lastSeen) {}
}
