package io.orlop.api.robot;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import io.orlop.identity.robot.RobotAccount;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A robot account in the contract's words.
 *
 * @param secret in the contract, but told to nobody
 * @param expiresAt its end in seconds of the epoch, -1 for never
 * @param addresses the networks that it may sign in from; Orlop's own, as are the last two
 */
@JsonNaming(SnakeCaseStrategy.class)
record RobotResponse(
    long id,
    String name,
    @OmitEmpty String secret,
    @OmitEmpty String description,
    String level,
    long duration,
    boolean disable,
    boolean editable,
    long expiresAt,
    @OmitEmpty String creatorType,
    @OmitEmpty long creatorRef,
    List<RobotPermissionBody> permissions,
    Instant creationTime,
    Instant updateTime,
    @OmitEmpty List<String> addresses,
    @OmitEmpty @Nullable Instant lastUsedTime,
    @OmitEmpty @Nullable String lastUsedAddress) {

  static RobotResponse of(RobotAccount robot, String fullName) {
    return new RobotResponse(
        robot.id(),
        fullName,
        "",
        robot.description(),
        level(robot).wireName(),
        robot.durationDays(),
        robot.disabled(),
        robot.editable(),
        robot.expiresAt().orElse(RobotAccount.FOR_EVER),
        robot.creatorType(),
        robot.creatorRef(),
        RobotPermissionBody.of(robot.permissions()),
        robot.createdAt(),
        robot.updatedAt(),
        robot.addresses(),
        robot.lastUsedAt(),
        robot.lastUsedAddress());
  }

  static RobotLevel level(RobotAccount robot) {
    return robot.projectId() == null ? RobotLevel.SYSTEM : RobotLevel.PROJECT;
  }
}
