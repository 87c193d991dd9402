package io.orlop.identity;

import org.jspecify.annotations.Nullable;

/** Whoever makes a request. */
public sealed interface Principal {

  /** Returns the name that people know the principal by; empty for anonymous. */
  String name();

  /** Returns a key that is unique among all principals and never given to another one. */
  String key();

  /** Tells whether the principal may do everything. */
  boolean systemAdministrator();

  /** Nobody in particular. */
  record Anonymous() implements Principal {
    @Override
    public String name() {
      return "";
    }

    @Override
    public String key() {
      return "anonymous";
    }

    @Override
    public boolean systemAdministrator() {
      return false;
    }
  }

  /**
   * A person with an account.
   *
   * @param id the account
   * @param name the user name
   * @param systemAdministrator whether the person may do everything
   * @param auditor whether the person may read everything through the API
   * @param credentialVersion raised by each change of the password
   */
  record UserPrincipal(
      long id, String name, boolean systemAdministrator, boolean auditor, int credentialVersion)
      implements Principal {
    @Override
    public String key() {
      return "user:" + id;
    }
  }

  /**
   * A person who comes with a personal API token, and may do what the token is for and the person
   * may do.
   *
   * @param tokenId the token
   */
  record PersonalToken(UserPrincipal user, long tokenId, TokenScope scope) implements Principal {
    @Override
    public String name() {
      return user.name();
    }

    @Override
    public String key() {
      return user.key();
    }

    @Override
    public boolean systemAdministrator() {
      return user.systemAdministrator() && scope.isEverything();
    }
  }

  /**
   * A machine's account.
   *
   * @param id the account
   * @param name the name that it signs in by, with its prefix
   * @param projectId the project that it belongs to; null if it is the system's
   * @param credentialVersion raised by each change of the secret
   */
  record RobotPrincipal(long id, String name, @Nullable Long projectId, int credentialVersion)
      implements Principal {
    @Override
    public String key() {
      return "robot:" + id;
    }

    @Override
    public boolean systemAdministrator() {
      return false;
    }
  }

  /** Nobody in particular. */
  Principal ANONYMOUS = new Anonymous();
}
