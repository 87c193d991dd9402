package io.orlop.identity;

import java.time.Duration;

/** What administrators have set about signing in, as it is at the moment. */
public interface SignInSettings {

  /** Tells whether people may make themselves an account. */
  boolean selfRegistration();

  /** Returns how long a session may be idle. */
  Duration sessionTimeout();

  /** Returns where accounts that are not local ones come from, in the words of Harbor's clients. */
  String authMode();
}
