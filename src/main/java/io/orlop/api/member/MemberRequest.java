package io.orlop.api.member;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.access.member.NewMember;
import io.orlop.platform.error.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is to become a member and as what; a change of a role needs the role alone. */
@JsonNaming(SnakeCaseStrategy.class)
record MemberRequest(
    @Nullable Integer roleId, @Nullable User memberUser, @Nullable Group memberGroup) {

  /** A user, by one of both. */
  @JsonNaming(SnakeCaseStrategy.class)
  record User(@Nullable Long userId, @Nullable String username) {}

  /** A group, by its id, its distinguished name, or its name and type. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Group(
      @Nullable Long id,
      @Nullable String groupName,
      @Nullable Integer groupType,
      @Nullable String ldapGroupDn) {

    int type() {
      return groupType == null ? 0 : groupType;
    }
  }

  int role() {
    return roleId == null ? 0 : roleId;
  }

  /** Reads who is meant; of several ways the first counts, in Harbor's order. */
  NewMember who() {
    User user = memberUser == null ? new User(null, null) : memberUser;
    Group group = memberGroup == null ? new Group(null, null, null, null) : memberGroup;
    return id(user.userId)
        .<NewMember>map(NewMember.UserId::new)
        .or(() -> id(group.id).map(NewMember.GroupId::new))
        .or(() -> text(user.username).map(NewMember.UserName::new))
        .or(() ->
            text(group.ldapGroupDn)
                .map(dn -> new NewMember.GroupDn(dn, text(group.groupName).orElse(""))))
        .or(() -> text(group.groupName).map(name -> new NewMember.GroupName(name, group.type())))
        .orElseThrow(() ->
            ErrorCode.BAD_REQUEST.exception(
                "member_user or member_group in body must name the member"));
  }

  private static Optional<Long> id(@Nullable Long id) {
    return Optional.ofNullable(id).filter(value -> value > 0);
  }

  private static Optional<String> text(@Nullable String text) {
    return Optional.ofNullable(text).filter(value -> !value.isEmpty());
  }
}
