package io.orlop.access;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The built-in roles that a member of a project can have. The ids are Harbor's: clients store them.
 */
public enum Role {
  PROJECT_ADMIN(1, "projectAdmin", 50),
  DEVELOPER(2, "developer", 30),
  GUEST(3, "guest", 20),
  MAINTAINER(4, "maintainer", 40),
  LIMITED_GUEST(5, "limitedGuest", 10);

  private final int id;
  private final String wireName;
  private final int power;

  Role(int id, String wireName, int power) {
    this.id = id;
    this.wireName = wireName;
    this.power = power;
  }

  /** Returns the number that clients and the database use. */
  public int id() {
    return id;
  }

  /** Returns the name that clients see. */
  public String wireName() {
    return wireName;
  }

  /** Returns how much the role may, against others: of several roles people see the greatest. */
  int power() {
    return power;
  }

  /** Returns what the role may do in its project. */
  public Set<ProjectPermission> permissions() {
    return Held.PERMISSIONS.getOrDefault(this, Set.of());
  }

  /** Finds a role by its number; empty if it is a custom one. */
  public static Optional<Role> find(int id) {
    return Arrays.stream(values()).filter(role -> role.id == id).findFirst();
  }

  /** Apart, since permissions name roles and roles permissions. */
  private static final class Held {
    static final Map<Role, Set<ProjectPermission>> PERMISSIONS =
        Arrays.stream(Role.values())
            .collect(Collectors.toUnmodifiableMap(role -> role, Held::permissions));

    private static Set<ProjectPermission> permissions(Role role) {
      Set<ProjectPermission> held = EnumSet.noneOf(ProjectPermission.class);
      for (ProjectPermission permission : ProjectPermission.values()) {
        if (permission.heldBy(role)) {
          held.add(permission);
        }
      }
      return Collections.unmodifiableSet(held);
    }
  }
}
