package io.orlop.identity.robot;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The account of a machine.
 *
 * @param name the stored name, without the prefix
 * @param projectId the project that it belongs to; null if it is the system's
 * @param durationDays how long it lives; {@link #FOR_EVER} without an end
 * @param disabled whether it may not sign in
 * @param editable whether it may be changed
 * @param creatorType who made it: {@code local} for a person, {@code robot} for a robot account
 * @param creatorRef that one's id
 * @param permissions what it may do, in the order in which it was written
 * @param addresses the networks that it may sign in from; empty for everywhere
 */
public record RobotAccount(
    long id,
    String name,
    @Nullable Long projectId,
    String description,
    long durationDays,
    boolean disabled,
    boolean editable,
    String creatorType,
    long creatorRef,
    List<RobotPermission> permissions,
    List<String> addresses,
    @Nullable Instant lastUsedAt,
    @Nullable String lastUsedAddress,
    Instant createdAt,
    Instant updatedAt) {

  /** The duration of an account that never ends. */
  public static final long FOR_EVER = -1;

  /** Further away than the database can count, and than anybody will look. */
  private static final long MAX_DAYS = 50_000_000;

  /** Returns the project that it belongs to; empty if it is the system's. */
  public OptionalLong project() {
    return projectId == null ? OptionalLong.empty() : OptionalLong.of(projectId);
  }

  /** Returns when it ends, in seconds of the epoch; empty for never. */
  public OptionalLong expiresAt() {
    return durationDays == FOR_EVER
        ? OptionalLong.empty()
        : OptionalLong.of(createdAt.getEpochSecond() + Math.multiplyExact(durationDays, 86_400L));
  }

  /** Returns when an account ends; null if that is never, or not in a time that matters. */
  static @Nullable Instant end(Instant createdAt, long durationDays) {
    return durationDays == FOR_EVER || durationDays > MAX_DAYS
        ? null
        : createdAt.plus(Duration.ofDays(durationDays));
  }
}
