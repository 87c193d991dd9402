package io.orlop.security;

/** Who knocks. */
enum Caller {
  ANONYMOUS(0, ""),
  STRANGER(0, ""),
  PROJECT_ADMINISTRATOR(1, "admin"),
  MAINTAINER(4, "maintainer"),
  DEVELOPER(2, "developer"),
  GUEST(3, "guest"),
  LIMITED_GUEST(5, "limitedGuest"),
  /** A custom role, at a repository of its pattern. */
  CUSTOM_INSIDE(0, ""),
  /** The same role, at another repository. */
  CUSTOM_OUTSIDE(0, ""),
  AUDITOR(0, ""),
  ROBOT_WITHOUT_THE_RIGHT(0, ""),
  ROBOT_WITH_THE_RIGHT(0, ""),
  ADMINISTRATOR(0, "");

  private final int roleId;
  private final String column;

  Caller(int roleId, String column) {
    this.roleId = roleId;
    this.column = column;
  }

  /** Returns the id of the built-in role; 0 for none. */
  int roleId() {
    return roleId;
  }

  /** Returns the role's column in the table. */
  String column() {
    return column;
  }

  boolean isRobot() {
    return this == ROBOT_WITHOUT_THE_RIGHT || this == ROBOT_WITH_THE_RIGHT;
  }

  /** Tells whether it is somebody with an account. */
  boolean isPerson() {
    return !isRobot() && this != ANONYMOUS;
  }

  /** Tells whether it belongs to the project, or sees all. */
  boolean isMember() {
    return this != ANONYMOUS && this != STRANGER;
  }
}
