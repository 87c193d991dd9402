package io.orlop.identity;

import java.util.Locale;

/** How a caller showed who it is. */
public enum Proof {
  /** Not at all. */
  NONE,
  /** By a name with a password, or with a robot account's secret. */
  BASIC,
  /** By a personal API token, in place of a password or by itself. */
  TOKEN,
  /** By the cookie of a session. */
  SESSION,
  /** By a token for the registry that was given out earlier. */
  BEARER;

  /** Returns the name for logs. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
