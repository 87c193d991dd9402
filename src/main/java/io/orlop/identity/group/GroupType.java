package io.orlop.identity.group;

import java.util.Arrays;
import java.util.Optional;

/** Where a group comes from, by Harbor's numbers. */
public enum GroupType {
  /** A directory. */
  LDAP(1),
  /** This registry: Harbor has groups of an authentication proxy under this number. */
  INTERNAL(2),
  /** An OpenID Connect provider. */
  OIDC(3);

  private final int number;

  GroupType(int number) {
    this.number = number;
  }

  /** Returns the number on the wire and in the database. */
  public int number() {
    return number;
  }

  /** Finds a type by its number. */
  public static Optional<GroupType> find(long number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }
}
