package io.orlop.identity;

/** A source of identities: it vouches for those who know their password, and knows nobody else. */
public interface Authenticator {

  /** What a source says of a user name and a password. */
  sealed interface Result {
    /** The password is right. */
    record Authenticated(Principal principal) implements Result {}

    /** The account is this source's, and the password is wrong. */
    record Rejected() implements Result {}

    /** This source has no such account: the next source is asked. */
    record NotMine() implements Result {}
  }

  /** Sources are asked in ascending order. */
  int order();

  /** Checks a password. May block, and takes about as long for a wrong one as for a right one. */
  Result authenticate(String username, String password);
}
