package io.orlop.api.robot;

import io.orlop.identity.robot.NewRobot;
import io.orlop.identity.robot.RobotAccount;
import io.orlop.identity.robot.RobotPermission;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.http.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which robot account to make, or what to change one to.
 *
 * @param addresses the networks that it may sign in from; Orlop's own
 */
record RobotRequest(
    @Nullable String name,
    @Nullable String description,
    @Nullable String level,
    @Nullable Long duration,
    @Nullable Boolean disable,
    @Nullable List<@Nullable RobotPermissionBody> permissions,
    @Nullable List<@Nullable String> addresses) {
  private static final int MAX_DESCRIPTION = 1024;
  private static final int MAX_ADDRESSES = 100;

  String requireName() {
    if (name == null || name.isEmpty()) {
      throw ErrorCode.BAD_REQUEST.exception("name in body is required");
    }
    return name;
  }

  /** Returns the namespace of the first permission: of a project's account it is the project. */
  String namespace() {
    RobotPermissionBody first =
        permissions == null || permissions.isEmpty() ? null : permissions.getFirst();
    return first == null || first.namespace() == null ? "" : first.namespace();
  }

  /** An account of a project works there alone. */
  void requireOneProject() {
    RobotPermissionBody first =
        permissions == null || permissions.size() != 1 ? null : permissions.getFirst();
    if (first == null || !"project".equals(first.kind())) {
      throw ErrorCode.BAD_REQUEST.exception(
          "bad request permission: a robot of level project has one entry in permissions, of kind"
              + " project");
    }
  }

  /**
   * Checks all but name and permissions.
   *
   * @param before what an absent duration means; null if it means 0
   */
  NewRobot.Terms terms(@Nullable RobotAccount before, List<RobotPermission> granted) {
    String text = Objects.requireNonNullElse(description, "");
    if (text.length() > MAX_DESCRIPTION) {
      throw ErrorCode.BAD_REQUEST.exception(
          "description in body should be at most " + MAX_DESCRIPTION + " chars long");
    }
    return new NewRobot.Terms(
        text,
        days(before),
        Boolean.TRUE.equals(disable),
        granted,
        before != null && addresses == null ? before.addresses() : networks());
  }

  long days(@Nullable RobotAccount before) {
    long absent = before == null ? 0 : before.durationDays();
    long days = Objects.requireNonNullElse(duration, absent);
    if (days != RobotAccount.FOR_EVER && (days < 1 || days > Integer.MAX_VALUE)) {
      throw ErrorCode.BAD_REQUEST.exception(
          "bad request error duration input: "
              + days
              + ", duration must be either -1(Never) or a positive integer");
    }
    return days;
  }

  private List<String> networks() {
    List<String> networks = new ArrayList<>();
    for (String text : addresses == null ? List.<@Nullable String>of() : addresses) {
      try {
        networks.add(Network.parse(text == null ? "" : text).toString());
      } catch (IllegalArgumentException e) {
        throw ErrorCode.BAD_REQUEST.exception("addresses in body: " + e.getMessage()).causedBy(e);
      }
    }
    if (networks.size() > MAX_ADDRESSES) {
      throw ErrorCode.BAD_REQUEST.exception(
          "addresses in body should have at most " + MAX_ADDRESSES + " items");
    }
    return networks;
  }
}
