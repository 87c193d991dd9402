package io.orlop.api.usergroup;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.identity.group.GroupType;
import io.orlop.platform.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A group as clients write it. */
@JsonNaming(SnakeCaseStrategy.class)
record UserGroupBody(
    @Nullable String groupName, @Nullable Long groupType, @Nullable String ldapGroupDn) {
  private static final int MAX_NAME = 255;
  private static final int MAX_DN = 512;

  String name() {
    return text("group_name", groupName, MAX_NAME);
  }

  GroupType type() {
    return GroupType.find(groupType == null ? 0 : groupType)
        .orElseThrow(() -> ErrorCode.BAD_REQUEST.exception("group_type in body must be 1, 2 or 3"));
  }

  /** Returns the entry of a directory's group; other groups have none. */
  String entry() {
    return type() == GroupType.LDAP ? text("ldap_group_dn", ldapGroupDn, MAX_DN) : "";
  }

  private static String text(String name, @Nullable String value, int maxLength) {
    if (value == null || value.isBlank()) {
      throw ErrorCode.BAD_REQUEST.exception(name + " in body is required");
    }
    if (value.length() > maxLength || value.indexOf(0) >= 0) {
      throw ErrorCode.BAD_REQUEST.exception(
          name + " in body must be at most " + maxLength + " chars long and hold no NUL");
    }
    return value;
  }
}
