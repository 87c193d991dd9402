package io.orlop.identity.robot;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a robot account may do, as it was written.
 *
 * @param entry which entry of the written list it is part of; counted from 0
 * @param kind what it is done to
 * @param projectId of kind project: the project; null for all of them
 * @param project that project's name; empty for all of them
 * @param resource Harbor's word for what it is done to
 * @param action Harbor's word for what is done
 * @param effect what was written as the effect: {@code allow} or nothing
 */
public record RobotPermission(
    int entry,
    Kind kind,
    @Nullable Long projectId,
    String project,
    String resource,
    String action,
    String effect) {

  /** What is acted on. */
  public enum Kind {
    /** The registry as a whole. */
    SYSTEM("system"),
    /** One project, or all of them. */
    PROJECT("project");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** Returns the name that clients and the database use. */
    public String wireName() {
      return wireName;
    }
  }

  /** Returns resource and action, joined by a colon. */
  public String pair() {
    return resource + ":" + action;
  }

  /** Tells whether whoever may do this may do another thing too. */
  public boolean covers(RobotPermission other) {
    return kind == other.kind
        && (projectId == null || projectId.equals(other.projectId))
        && resource.equals(other.resource)
        && (action.equals(other.action) || (action.equals("push") && other.action.equals("pull")));
  }
}
