package io.orlop.api.robot;

import io.orlop.access.grant.RobotGrants;
import io.orlop.api.OmitEmpty;
import io.orlop.identity.robot.RobotPermission;
import io.orlop.identity.robot.RobotPermission.Kind;
import io.orlop.platform.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a robot account may do in one namespace, in the contract's words. */
record RobotPermissionBody(
    @Nullable String kind, @Nullable String namespace, @Nullable List<@Nullable Access> access) {

  /** One pair of a resource and an action. */
  record Access(
      @Nullable String resource, @Nullable String action, @OmitEmpty @Nullable String effect) {}

  /** Reads a list that a client wrote. */
  static List<RobotGrants.Wanted> wanted(
      @Nullable List<@Nullable RobotPermissionBody> permissions) {
    if (permissions == null || permissions.isEmpty()) {
      throw ErrorCode.BAD_REQUEST.exception("bad request empty permission");
    }
    List<RobotGrants.Wanted> wanted = new ArrayList<>();
    for (int entry = 0; entry < permissions.size(); entry++) {
      RobotPermissionBody permission = permissions.get(entry);
      if (permission == null || permission.access == null || permission.access.isEmpty()) {
        throw ErrorCode.BAD_REQUEST.exception("bad request empty access in permissions");
      }
      for (Access one : permission.access) {
        wanted.add(permission.wanted(entry, one == null ? new Access(null, null, null) : one));
      }
    }
    return wanted;
  }

  /** Writes what was given in the form in which it was written. */
  static List<RobotPermissionBody> of(List<RobotPermission> permissions) {
    Map<Integer, List<RobotPermission>> entries =
        permissions.stream()
            .collect(
                Collectors.groupingBy(RobotPermission::entry, TreeMap::new, Collectors.toList()));
    return entries.values().stream().map(RobotPermissionBody::entry).toList();
  }

  private static RobotPermissionBody entry(List<RobotPermission> permissions) {
    RobotPermission first = permissions.getFirst();
    return new RobotPermissionBody(
        first.kind().wireName(),
        namespace(first),
        permissions.stream().<@Nullable Access>map(RobotPermissionBody::access).toList());
  }

  private static Access access(RobotPermission permission) {
    return new Access(permission.resource(), permission.action(), permission.effect());
  }

  private static String namespace(RobotPermission permission) {
    if (permission.kind() == Kind.SYSTEM) {
      return RobotGrants.SYSTEM;
    }
    return permission.projectId() == null ? RobotGrants.ALL_PROJECTS : permission.project();
  }

  private RobotGrants.Wanted wanted(int entry, Access one) {
    return new RobotGrants.Wanted(
        entry, text(kind), text(namespace), text(one.resource), text(one.action), text(one.effect));
  }

  private static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
