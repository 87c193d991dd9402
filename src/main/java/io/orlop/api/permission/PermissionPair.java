package io.orlop.api.permission;

import io.orlop.access.ProjectPermission;
import io.orlop.access.SystemPermission;

/** A resource and an action, in the contract's words. */
record PermissionPair(String resource, String action) {
  static PermissionPair of(ProjectPermission permission) {
    return new PermissionPair(permission.resource(), permission.action());
  }

  static PermissionPair of(SystemPermission permission) {
    return new PermissionPair(permission.resource(), permission.action());
  }
}
