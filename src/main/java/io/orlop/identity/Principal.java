package io.orlop.identity;

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
   * @param credentialVersion raised by each change of the password
   */
  record UserPrincipal(long id, String name, boolean systemAdministrator, int credentialVersion)
      implements Principal {
    @Override
    public String key() {
      return "user:" + id;
    }
  }

  /** Nobody in particular. */
  Principal ANONYMOUS = new Anonymous();
}
