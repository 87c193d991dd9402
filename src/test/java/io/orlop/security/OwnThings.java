package io.orlop.security;

import io.orlop.identity.Principal;
import io.orlop.identity.RefreshTokens;
import io.orlop.identity.session.Sessions;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the caller has, and accounts with the caller's password, which nobody need hash again. */
@ApplicationScoped
class OwnThings implements Words.Maker {
  private final Database database;
  private final Sessions sessions;
  private final RefreshTokens refreshTokens;

  OwnThings(Database database, Sessions sessions, RefreshTokens refreshTokens) {
    this.database = database;
    this.sessions = sessions;
    this.refreshTokens = refreshTokens;
  }

  @Override
  public Map<String, String> make(String word, Words words) {
    return switch (word) {
      case "own_token", "own_token_id" -> token(words.person().id());
      case "own_session", "own_session_id", "own_cookie" -> session(principal(words));
      case "refresh_token" -> Map.of(word, refreshTokens.issue(principal(words), "test"));
      case "user", "user_id" -> user(words.person().id());
      case "quota_id" ->
          Map.of(
              word, id("SELECT id FROM quota WHERE project_id = ?", words.scene().project().id()));
      default -> Map.of();
    };
  }

  private Map<String, String> token(long owner) {
    String name = Words.newName();
    String id =
        id(
            """
            INSERT INTO personal_token (user_id, name, token_hash, level)
            VALUES (?, ?, ?, 'READ') RETURNING id
            """,
            owner,
            name,
            name.getBytes(StandardCharsets.UTF_8));
    return Map.of("own_token", name, "own_token_id", id);
  }

  private Map<String, String> session(Principal.UserPrincipal owner) {
    String agent = Words.newName();
    String cookie = sessions.begin(owner, "192.0.2.1", agent);
    String id = id("SELECT id FROM user_session WHERE user_agent = ?", agent);
    return Map.of("own_session", agent, "own_cookie", cookie, "own_session_id", id);
  }

  private Map<String, String> user(long like) {
    String name = Words.newName();
    String id =
        id(
            """
            INSERT INTO users (username, email, realname, password_hash)
            SELECT ?, ?, 'R', password_hash FROM users WHERE id = ? RETURNING id
            """,
            name,
            name + "@example.org",
            like);
    return Map.of("user", name, "user_id", id);
  }

  private Principal.UserPrincipal principal(Words words) {
    long id = words.person().id();
    int version =
        database.one("SELECT credential_version FROM users WHERE id = ?", row -> row.getInt(1), id);
    return new Principal.UserPrincipal(id, words.person().name(), false, false, version);
  }

  private String id(String sql, Object... parameters) {
    return database.one(sql, row -> row.getString(1), parameters);
  }
}
