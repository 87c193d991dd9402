package io.orlop.platform.settings;

import java.util.Arrays;
import java.util.Optional;

/** Where accounts that are not local ones come from, in the words of Harbor's clients. */
public enum AuthMode {
  /** Local accounts alone. */
  DATABASE("db_auth"),
  /** LDAP. */
  LDAP("ldap_auth"),
  /** Cloud Foundry's UAA. */
  UAA("uaa_auth"),
  /** An authentication proxy over HTTP. */
  HTTP("http_auth"),
  /** OpenID Connect. */
  OIDC("oidc_auth");

  private final String wireName;

  AuthMode(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the name on the wire. */
  public String wireName() {
    return wireName;
  }

  /** Finds a mode by its name on the wire. */
  public static Optional<AuthMode> byWireName(String name) {
    return Arrays.stream(values()).filter(mode -> mode.wireName.equals(name)).findFirst();
  }
}
