package io.orlop.api.member;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.access.member.Member;

/** A member in the contract's words. */
@JsonNaming(SnakeCaseStrategy.class)
record MemberResponse(
    long id,
    long projectId,
    String entityName,
    String roleName,
    int roleId,
    long entityId,
    String entityType) {

  static MemberResponse of(Member member) {
    return new MemberResponse(
        member.id(),
        member.projectId(),
        member.entityName(),
        member.roleName(),
        member.roleId(),
        member.entityId(),
        member.entityType().wireName());
  }
}
