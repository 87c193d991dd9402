package io.orlop.platform.settings;

import java.util.Arrays;
import java.util.Optional;

/** Who may make projects. */
public enum ProjectCreation {
  /** Everybody who is signed in. */
  EVERYONE("everyone"),
  /** System administrators. */
  ADMIN_ONLY("adminonly");

  private final String wireName;

  ProjectCreation(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the name on the wire. */
  public String wireName() {
    return wireName;
  }

  /** Finds a restriction by its name on the wire. */
  public static Optional<ProjectCreation> byWireName(String name) {
    return Arrays.stream(values()).filter(who -> who.wireName.equals(name)).findFirst();
  }
}
