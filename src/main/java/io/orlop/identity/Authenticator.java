package io.orlop.identity;

import io.orlop.platform.error.RegistryException;

/**
 * A source of identities: it vouches for those who know their password, and knows nobody else.
 *
 * <p>What people chose can be guessed, so a source checks it by {@link PasswordCheck}, which slows
 * down guesses. A secret that was made at random is checked at once.
 */
public interface Authenticator {

  /** What a source says of a user name and a password. */
  sealed interface Result {
    /** The password is right. */
    record Authenticated(Principal principal) implements Result {}

    /** The account is this source's, and the password is wrong. */
    record Rejected() implements Result {}

    /** This source has no such account, or nothing to say of it: the next source is asked. */
    record NotMine() implements Result {}
  }

  /** Sources are asked in ascending order; that of local accounts has 0. */
  int order();

  /**
   * Checks a password. May block, and takes about as long for a wrong one as for a right one; that
   * of an account which no source has is waited for elsewhere.
   *
   * @throws RegistryException TOOMANYREQUESTS if too many wrong ones came before
   */
  Result authenticate(Attempt attempt);
}
