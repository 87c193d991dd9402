package io.orlop.identity.robot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A robot account that is to be made.
 *
 * @param name the name without the prefix and the project
 * @param projectId the project that it is to belong to; null for an account of the system
 * @param project that project's name
 * @param creatorType {@code local} or {@code robot}
 * @param creatorRef the id of who makes it
 */
public record NewRobot(
    String name,
    @Nullable Long projectId,
    @Nullable String project,
    Terms terms,
    String creatorType,
    long creatorRef) {

  /**
   * What can be changed later.
   *
   * @param durationDays how long it lives, from when it was made
   * @param addresses the networks that it may sign in from; empty for everywhere
   */
  public record Terms(
      String description,
      long durationDays,
      boolean disabled,
      List<RobotPermission> permissions,
      List<String> addresses) {}
}
