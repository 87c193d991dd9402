package io.orlop.identity;

/**
 * A try to sign in.
 *
 * @param username what the client says who it is
 * @param password a password, or a secret or token in place of one
 * @param address where the client is
 */
public record Attempt(String username, String password, String address) {

  /** Does not show the password. */
  @Override
  public String toString() {
    return "Attempt[" + username + " from " + address + "]";
  }
}
