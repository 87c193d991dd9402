package io.orlop.identity;

import io.orlop.platform.error.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Objects;
import java.util.Optional;

/** Makes and changes accounts. */
@ApplicationScoped
public class UserService {
  private final Users users;
  private final Credentials credentials;
  private final PasswordHasher hasher;

  UserService(Users users, Credentials credentials, PasswordHasher hasher) {
    this.users = users;
    this.credentials = credentials;
    this.hasher = hasher;
  }

  /**
   * Makes an account.
   *
   * @return its id
   */
  @Transactional
  public long create(String username, String password, boolean systemAdministrator) {
    if (users.named(username).isPresent()) {
      throw ErrorCode.CONFLICT.exception("user " + username + " already exists");
    }
    User user = new User(username, hasher.hash(password), systemAdministrator);
    users.persistAndFlush(user);
    return Objects.requireNonNull(user.id);
  }

  /** Changes a password: every refresh token and cached credential of the old one is dead. */
  @Transactional
  public void changePassword(long id, String newPassword) {
    User user =
        users
            .findByIdOptional(id)
            .orElseThrow(() -> ErrorCode.NOT_FOUND.exception("user " + id + " not found"));
    user.changePassword(hasher.hash(newPassword));
  }

  /** Finds an account by its id. */
  public Optional<Principal.UserPrincipal> find(long id) {
    return credentials.find(id).map(Credentials.Credential::principal);
  }

  /** Tells whether there is any account yet. */
  @Transactional(Transactional.TxType.SUPPORTS)
  public boolean isEmpty() {
    return users.count() == 0;
  }
}
