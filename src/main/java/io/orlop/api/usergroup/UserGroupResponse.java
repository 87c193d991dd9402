package io.orlop.api.usergroup;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import io.orlop.identity.group.Group;

/** A group in the contract's words. */
@JsonNaming(SnakeCaseStrategy.class)
record UserGroupResponse(long id, String groupName, int groupType, @OmitEmpty String ldapGroupDn) {

  static UserGroupResponse of(Group group) {
    return new UserGroupResponse(group.id(), group.name(), group.type().number(), group.ldapDn());
  }

  /** What everybody who is signed in may know of a group. */
  static UserGroupResponse found(Group group) {
    return new UserGroupResponse(group.id(), group.name(), group.type().number(), "");
  }
}
