package io.orlop.identity;

import io.orlop.identity.user.UserProfile;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes, changes and deletes accounts of people. No transaction waits while a password is hashed.
 */
@ApplicationScoped
public class UserService {
  private static final String NAME_KEY = "users_username_key";
  private static final String EMAIL_KEY = "users_email_key";

  private final Database database;
  private final Credentials credentials;
  private final PasswordHasher hasher;
  private final PasswordCheck passwords;

  UserService(
      Database database, Credentials credentials, PasswordHasher hasher, PasswordCheck passwords) {
    this.database = database;
    this.credentials = credentials;
    this.hasher = hasher;
    this.passwords = passwords;
  }

  /**
   * Makes an account of which nothing but its name is known.
   *
   * @return its id
   */
  public long create(String username, String password, boolean systemAdministrator) {
    return insert(username, null, username, "", hasher.hash(password), systemAdministrator);
  }

  /**
   * Makes an account.
   *
   * @return its id
   * @throws RegistryException CONFLICT if the name or the e-mail address is taken
   */
  public long create(String username, UserProfile profile, String password) {
    requireFree(username);
    requireFree(profile.email());
    String hash = hasher.hash(password);
    return insert(username, profile.email(), profile.realname(), profile.comment(), hash, false);
  }

  /**
   * Changes what people say about somebody.
   *
   * @throws RegistryException CONFLICT if the e-mail address is taken
   */
  @Transactional
  public void updateProfile(long id, UserProfile profile) {
    requireFree(profile.email(), id);
    change(
        id,
        unlessTaken(
            profile.email(),
            () ->
                database.update(
                    """
                    UPDATE users SET email = ?, realname = ?, comment = ?, updated_at = now()
                     WHERE id = ?
                    """,
                    profile.email(),
                    profile.realname(),
                    profile.comment(),
                    id)));
  }

  /**
   * Changes a password: every session, refresh token and cached credential of the old one is dead.
   */
  public void changePassword(long id, String newPassword) {
    change(
        id,
        database.update(
            """
            UPDATE users SET password_hash = ?, credential_version = credential_version + 1,
                   updated_at = now()
             WHERE id = ?
            """,
            hasher.hash(newPassword),
            id));
  }

  /**
   * Tells whether an attempt's password is that of an account, whatever its name.
   *
   * @throws RegistryException TOOMANYREQUESTS if too many wrong ones came before
   */
  public boolean isPassword(long id, Attempt attempt) {
    Optional<Credentials.Credential> found = credentials.find(id);
    if (found.isEmpty() || found.get().passwordHash() == null) {
      return false;
    }
    return passwords.matches(attempt, found.get());
  }

  /** Says whether somebody may do everything. */
  @Transactional
  public void setSystemAdministrator(long id, boolean systemAdministrator) {
    if (!systemAdministrator) {
      requireAnotherAdministrator(id);
    }
    change(
        id,
        database.update(
            "UPDATE users SET sysadmin = ?, updated_at = now() WHERE id = ?",
            systemAdministrator,
            id));
  }

  /** Says whether somebody may read everything through the API. */
  @Transactional
  public void setAuditor(long id, boolean auditor) {
    change(
        id,
        database.update(
            "UPDATE users SET auditor = ?, updated_at = now() WHERE id = ?", auditor, id));
  }

  /** Deletes an account with all that belongs to it; its name is free from then on. */
  @Transactional
  public void delete(long id) {
    if (database.exists("SELECT FROM users WHERE id = ? AND sysadmin", id)) {
      requireAnotherAdministrator(id);
    }
    change(id, database.update("DELETE FROM users WHERE id = ?", id));
  }

  /** Finds an account by its id. */
  public Optional<Principal.UserPrincipal> find(long id) {
    return credentials.find(id).map(Credentials.Credential::principal);
  }

  /** Tells whether there is any account yet. */
  public boolean isEmpty() {
    return !database.exists("SELECT FROM users");
  }

  private long insert(
      String username,
      @Nullable String email,
      String realname,
      String comment,
      String hash,
      boolean systemAdministrator) {
    return unlessTaken(
        username,
        () ->
            database.one(
                """
                INSERT INTO users (username, email, realname, comment, password_hash, sysadmin)
                VALUES (?, ?, ?, ?, ?, ?) RETURNING id
                """,
                row -> row.getLong(1),
                username,
                email,
                realname,
                comment,
                hash,
                systemAdministrator));
  }

  /** Before the password is hashed; and nobody's name is another one's e-mail address. */
  private void requireFree(String nameOrEmail) {
    requireFree(nameOrEmail, -1);
  }

  private void requireFree(String nameOrEmail, long except) {
    if (database.exists(
        "SELECT FROM users WHERE (username = ? OR email = ?) AND id <> ?",
        nameOrEmail,
        nameOrEmail,
        except)) {
      throw taken(nameOrEmail);
    }
  }

  private static <T> T unlessTaken(String nameOrEmail, Supplier<T> change) {
    try {
      return change.get();
    } catch (DatabaseException e) {
      if (e.violates(NAME_KEY) || e.violates(EMAIL_KEY)) {
        throw taken(nameOrEmail).causedBy(e);
      }
      throw e;
    }
  }

  private static RegistryException taken(String nameOrEmail) {
    return ErrorCode.CONFLICT.exception("user " + nameOrEmail + " already exists");
  }

  /** Those who could give the right back wait for each other, else the last two could both go. */
  private void requireAnotherAdministrator(long id) {
    boolean another =
        database
            .list(
                "SELECT id FROM users WHERE sysadmin ORDER BY id FOR UPDATE", row -> row.getLong(1))
            .stream()
            .anyMatch(administrator -> administrator != id);
    if (!another) {
      throw ErrorCode.FORBIDDEN.exception(
          "User with ID " + id + " is the last system administrator and has to stay one");
    }
  }

  private static void change(long id, int rows) {
    if (rows == 0) {
      throw ErrorCode.NOT_FOUND.exception("user " + id + " not found");
    }
  }
}
